import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

/** Draws the icons of the Teams app package from their SVG sources: `npx tsx test/browser/draw-icons.ts`. */
const folder = path.resolve(process.argv[2] ?? path.join(__dirname, '../../manifests/teams'));
const sizes = { color: 192, outline: 32 };

async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    for (const [name, size] of Object.entries(sizes)) {
      const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
      const svg = readFileSync(path.join(folder, `${name}.svg`), 'utf8');
      await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
      await page.screenshot({ path: path.join(folder, `${name}.png`), omitBackground: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
