import assert from 'node:assert/strict';
import type { Behaviour } from '../behaviour';
import { answersWith, neverReads, offers, reads } from '../expectations';

const area = 'Files and pictures';

export const files: Behaviour[] = [
  {
    id: 'files.picture',
    area,
    title: 'A screenshot is answered politely: the bot cannot read it and asks for the words on the screen',
    run: async (s) => {
      const sent = await s.sendsFile(s.employee(), { name: 'screenshot.png', picture: true });
      assert.equal(sent.names[0], 'phrases/file-not-read');
      reads(sent.answer, 'I cannot read files or pictures');
    },
  },
  {
    id: 'files.document',
    area,
    title: 'A document is answered like a screenshot',
    run: async (s) => {
      const sent = await s.sendsFile(s.employee(), { name: 'error report.pdf' });
      assert.equal(sent.names[0], 'phrases/file-not-read');
    },
  },
  {
    id: 'files.with-words',
    area,
    title: 'Words that come with a file are read and answered',
    run: async (s) => {
      const sent = await s.sendsFile(s.employee(), {
        name: 'screenshot.png',
        picture: true,
        text: 'lost my mfa device',
      });
      answersWith(sent, 'phrases/file-not-read', 'mfa-lost/which-type');
    },
  },
  {
    id: 'files.step-stays',
    area,
    title: 'A file in the middle of a conversation leaves the step as it is, and its buttons work',
    run: async (s) => {
      const ada = s.employee();
      await s.says(ada, 'lost my mfa device');
      const sent = await s.sendsFile(ada, { name: 'screenshot.png', picture: true });
      answersWith(sent, 'phrases/file-not-read', 'mfa-lost/which-type');
      offers(sent.answer, 'choose:iam');
      answersWith(await s.presses(ada, 'choose:iam'), 'mfa-lost/iam/another-device');
    },
  },
  {
    id: 'files.in-channel',
    area,
    title: 'A file with a mention in a channel is answered in its thread',
    run: async (s) => {
      const ada = s.employee();
      const sent = await s.sendsFile(
        ada,
        { name: 'screenshot.png', picture: true, text: 'lost my mfa device' },
        s.room(ada),
      );
      answersWith(sent, 'phrases/file-not-read', 'mfa-lost/which-type');
      assert.equal(s.shown(sent.thread).length, 1);
    },
  },
  {
    id: 'files.secret-name',
    area,
    title: 'A secret in the name of a file is masked before anything keeps it',
    run: async (s) => {
      const ada = s.employee();
      await s.sendsFile(ada, { name: 'AKIAIOSFODNN7EXAMPLE.pdf' });
      neverReads(await s.kept(ada), 'AKIAIOSFODNN7EXAMPLE');
      neverReads(s.bot.log(), 'AKIAIOSFODNN7EXAMPLE');
    },
  },
];
