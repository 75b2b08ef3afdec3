const secretSettings = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'TEAMS_APP_PASSWORD',
  'OIDC_CLIENT_SECRET',
  'DATABASE_URL',
  'SMTP_URL',
  'AWS_SECRET_ACCESS_KEY',
];

/** Takes every secret of the environment out of a text, wherever it came from: an error message may quote what it was sent. */
export function withoutSecrets(env: NodeJS.ProcessEnv): (text: string) => string {
  const values = secretSettings.flatMap((name) => {
    const value = env[name]?.trim() ?? '';
    // Shorter values are no secrets, and would take apart ordinary words.
    return value.length >= 6 ? [{ name, value }] : [];
  });
  const passwords = Object.entries(env).flatMap(([name, value]) => {
    const url =
      value && /^(SLACK|TEAMS|PUBLIC|DATABASE|SMTP)_/.test(name) && URL.canParse(value) ? new URL(value) : null;
    return url?.password
      ? [
          { name, value: decodeURIComponent(url.password) },
          { name, value: url.password },
        ]
      : [];
  });
  const longestFirst = [...values, ...passwords].sort((a, b) => b.value.length - a.value.length);
  return (text) => longestFirst.reduce((rest, { name, value }) => rest.replaceAll(value, `(${name})`), text);
}
