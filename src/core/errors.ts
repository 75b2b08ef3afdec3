/** Every error a person may be shown, with what to do about it. `docs/errors.md` is made from this table. */
export const errorCodes = {
  STORE_LOCKED: {
    meaning: 'Another process holds a lock on the store.',
    remedy: 'Stop the other process (a back-up or a database tool may be open), or give this one another DATA_DIR.',
  },
  STORE_CORRUPT: {
    meaning: 'The store file is damaged or is no store.',
    remedy:
      'Nothing was overwritten. Move the file aside and restore the last back-up, or point DATA_DIR to another folder.',
  },
  STORE_UNWRITABLE: {
    meaning: 'The data folder cannot be written.',
    remedy: 'Give the process the right to write there, or set DATA_DIR to a folder it owns.',
  },
  STORE_NEWER: {
    meaning: 'The store was written by a newer version of the bot.',
    remedy: 'Run that version, or restore a back-up made by this one.',
  },
  STORE_UNREACHABLE: {
    meaning: 'The database cannot be reached, or does not answer in time.',
    remedy:
      'See whether PostgreSQL runs, and whether host and port in DATABASE_URL are right. What was accepted is kept and goes on by itself.',
  },
  STORE_REFUSED: {
    meaning: 'The database refuses this user.',
    remedy:
      'Correct user, password and database in DATABASE_URL, or give the user the right to connect, to write and to make tables.',
  },
  STORE_NOT_PRIVATE: {
    meaning: 'No trustworthy TLS connection to the database comes about.',
    remedy:
      'Correct sslmode in DATABASE_URL: verify-full with sslrootcert=<file of the authority>, require, or disable on a private network.',
  },
  STORE_UNSUITABLE: {
    meaning: 'This database cannot hold the store.',
    remedy: "Use PostgreSQL 13 or newer, and a database made with ENCODING 'UTF8'.",
  },
  PERSON_UNKNOWN: {
    meaning: 'Nothing is kept of such a person.',
    remedy: 'Look the id up with npm run privacy -- find <name>. After a deletion there is nothing left to find.',
  },
  STORE_MISSING: {
    meaning: 'There is no embedded store.',
    remedy: 'Set DATA_DIR to the folder that holds helpdesk.sqlite.',
  },
  STORE_NOT_EMPTY: {
    meaning: 'There is something in the database already.',
    remedy: 'Nothing was changed. Name an empty database, and move everything at once.',
  },
  STORE_MISMATCH: {
    meaning: 'What arrived in the database is not what was sent.',
    remedy: 'Nothing was kept there, and the embedded store is as it was. Try again; if it happens again, report it.',
  },
  BACK_UP_EXISTS: {
    meaning: 'There is a file of that name already.',
    remedy: 'Nothing was overwritten. Name a new file, for example with the date in it.',
  },
  BACK_UP_UNREADABLE: {
    meaning: 'The file is no whole back-up of the embedded store.',
    remedy: 'Nothing was changed. Name a file that `npm run back-up` made.',
  },
  BACK_UP_UNWRITABLE: {
    meaning: 'The copy could not be written.',
    remedy: 'Nothing was changed. Make room, or name a folder that may be written.',
  },
  CONTENT_FAULTY: {
    meaning: 'The scenarios or rules have faults.',
    remedy: 'Mend the faults listed; `npm run check` lists them again.',
  },
  SETTINGS_FAULTY: {
    meaning: 'Settings are missing or wrong.',
    remedy: 'Correct the settings listed and start again.',
  },
  COMMAND_FAULTY: {
    meaning: 'The command cannot be carried out as it is written.',
    remedy: 'Nothing was changed. Write it as shown.',
  },
  ORGANIZATION_FAULTY: {
    meaning: 'The organisation file has faults.',
    remedy: 'Mend the faults listed, or unset ORGANIZATION_FILE to run without it.',
  },
  CONTENT_READ_ONLY: {
    meaning: 'The scenarios cannot be changed where they lie.',
    remedy:
      'Download the change as a file, apply it to a copy of the repository (`git apply`), and build from there; or run from a folder that can be written.',
  },
  ADDRESS_REFUSED: {
    meaning: 'The service may not listen on this address or port.',
    remedy:
      'Set HOST to an address of this machine (127.0.0.1 for the web desk), and PORT to 1024 or more unless you run as root.',
  },
  PORT_IN_USE: {
    meaning: 'The port is taken by another process.',
    remedy: 'Stop that process or set PORT to a free one.',
  },
  SLACK_REFUSED: {
    meaning: 'Slack refuses the credentials of this bot.',
    remedy:
      'Correct the setting named, reinstall the app if its scopes changed, and start again; `npm run doctor` checks more.',
  },
  TEAMS_REFUSED: {
    meaning: 'Microsoft refuses the credentials of this bot.',
    remedy: 'Correct the setting named and start again; `npm run doctor` checks more.',
  },
  TURN_CONFLICT: {
    meaning: 'Another turn of the same conversation was faster.',
    remedy: 'None needed: the turn is tried again.',
  },
  TURN_HANDLED: {
    meaning: 'The message was handled already, perhaps by another process.',
    remedy: 'None needed: nothing happens twice.',
  },
} as const satisfies Record<string, { meaning: string; remedy: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** An error with a stable code, what happened and what to do. The cause stays attached. */
export class CodedError extends Error {
  override name = 'CodedError';

  constructor(
    readonly code: ErrorCode,
    detail: string,
    cause?: unknown,
  ) {
    super(`${errorCodes[code].meaning} ${detail}\n${errorCodes[code].remedy} (${code})`.replace(/ +/g, ' '), { cause });
  }
}
