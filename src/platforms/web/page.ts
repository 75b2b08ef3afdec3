import path from 'node:path';
import express, { type Router } from 'express';
import { ownConversation } from './visitor';

/** The page, its compiled client, and the official card renderer as its package ships it. */
export function pageRoutes(assets: string): Router {
  const router = express.Router();
  const files = { index: false, cacheControl: false, dotfiles: 'ignore', redirect: false } as const;
  const renderer = path.dirname(require.resolve('adaptivecards/dist/adaptivecards.min.js'));
  router.get('/', (request, response) => {
    ownConversation(request, response);
    response.set('Cache-Control', 'no-store').sendFile('index.html', { root: assets, cacheControl: false });
  });
  for (const name of ['figures', 'scenarios', 'review']) {
    router.get(`/insight/${name}`, (_request, response) => {
      response.set('Cache-Control', 'no-store').sendFile(`insight/${name}.html`, { root: assets, cacheControl: false });
    });
  }
  router.get('/desk/adaptivecards.min.js', (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('adaptivecards.min.js', { root: renderer, cacheControl: false });
  });
  router.use(
    '/desk',
    express.static(assets, {
      ...files,
      setHeaders: (response) => void response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}
