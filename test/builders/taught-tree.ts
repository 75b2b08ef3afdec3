import { ContentTree } from './content-tree';

const utterances = [
  ...[
    'i lost my phone',
    'my mfa device is gone',
    'no code for sign in',
    'my token broke',
    'phone stolen cannot sign in',
  ],
  ...['the authenticator app is deleted', 'second factor lost', 'new phone no codes', 'mfa key lost', 'device broken'],
];

/** A small content tree that a classifier can be trained on in a moment, in a folder of its own that may be changed. */
export function taughtTree(): ContentTree {
  const tree = new ContentTree();
  tree.write('scenarios/mfa-lost/en.utterances.txt', `${utterances.join('\n')}\n`);
  tree.write(
    'training/out-of-scope/generic.en.utterances.txt',
    'what is for lunch\nplay some music\nbook a flight\nwhat time is it\ntell me a joke\n',
  );
  return tree;
}
