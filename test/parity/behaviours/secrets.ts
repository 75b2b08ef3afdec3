import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, last, neverReads, only, reads } from '../expectations';
import { claimed } from '../scenes';

const area = 'Secrets';
const password = 'Tr0ub4dor&3xyz';
const key = 'AKIAIOSFODNN7EXAMPLE';

export const secrets: Behaviour[] = [
  {
    id: 'secrets.password',
    area,
    title: 'Who writes a password is told what to do about it, and the problem is understood all the same',
    run: async (s) => {
      const told = await s.says(s.employee(), `my iam mfa device is lost, password is ${password}`);
      answersWith(told, 'phrases/secret-seen', 'mfa-lost/iam/another-device');
      reads(told.answer, 'a password', 'Change that password');
      neverReads(told.answer, password);
    },
  },
  {
    id: 'secrets.never-kept',
    area,
    title: 'The secret is in nothing the bot keeps, and in no line of its log',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, `my iam mfa device is lost, password is ${password}`);
      await s.says(ada, key);
      for (const secret of [password, key]) {
        neverReads(await s.kept(ada), secret);
        neverReads(s.bot.log(), secret);
      }
    },
  },
  {
    id: 'secrets.access-key',
    area,
    title: 'An access key alone gets the advice that belongs to it',
    run: async (s) => {
      const told = await s.says(s.employee(), key);
      assert.equal(told.names[0], 'phrases/secret-seen');
      reads(told.answer, 'an AWS access key');
    },
  },
  {
    id: 'secrets.private-key',
    area,
    title: 'A private key over many lines is taken out whole',
    run: async (s) => {
      const ada = s.employee();
      const body = 'MIIEpAIBAAKCAQEA7bq\nZk3Jq8wq2V0sHfR5\n';
      await s.says(ada, `-----BEGIN RSA PRIVATE KEY-----\n${body}-----END RSA PRIVATE KEY-----`);
      neverReads(await s.kept(ada), 'MIIEpAIBAAKCAQEA7bq', 'Zk3Jq8wq2V0sHfR5');
    },
  },
  {
    id: 'secrets.link',
    area,
    title: 'A link that opens a session is taken out, also where the platform marks links in its own way',
    run: async (s) => {
      const ada = s.employee();
      const link = 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=VeryLongToken123';
      const told = await s.says(ada, `this does not work ${link}`);
      assert.equal(told.names[0], 'phrases/secret-seen');
      neverReads(await s.kept(ada), 'VeryLongToken123');
    },
  },
  {
    id: 'secrets.in-channel',
    area,
    title: 'A secret in a channel is masked and warned about there as well',
    run: async (s) => {
      const ada = s.employee();
      const told = await s.mentions(ada, s.room(ada), `lost my mfa device, iam, password is ${password}`);
      answersWith(told, 'phrases/secret-seen', 'mfa-lost/iam/another-device');
      neverReads(await s.keptInRooms(ada), password);
    },
  },
  {
    id: 'secrets.card',
    area,
    title: 'No secret reaches the administrators’ card',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, `my iam mfa device is lost, password is ${password}`);
      await s.presses(ada, 'ask_admin');
      const card = only(s.cards(), 'cards');
      neverReads(card, password);
      neverReads(card.plain, password);
    },
  },
  {
    id: 'secrets.admin-reply',
    area,
    title: 'A password in an administrator’s reply does not reach the employee’s chat',
    run: async (s) => {
      const { ada, grace, card } = await claimed(s);
      await s.acts(grace, 'reply', card, `Your new password is ${password}`);
      neverReads(last(s.chat(ada), 'message'), password);
      neverReads(await s.kept(ada), password);
    },
  },
  {
    id: 'secrets.name',
    area,
    title: 'A secret in somebody’s display name is masked as well',
    run: async (s) => {
      const ada = s.employee(`Ada ${key}`);
      await s.says(ada, 'lost my mfa device, iam user');
      await s.presses(ada, 'ask_admin');
      neverReads(only(s.cards(), 'cards'), key);
      neverReads(await s.kept(ada), key);
    },
  },
  {
    id: 'secrets.log',
    area,
    title: 'The log never holds what people type',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device near the lighthouse, iam user');
      await s.presses(ada, 'ask_admin');
      neverReads(s.bot.log(), 'lighthouse', ada.name);
    },
  },
];
