// Opens pages in headless Chromium, at desk and phone width, in light and dark, and passes them to axe-core.
// node page_checks.mjs BROWSER FOLDER PAGE...
// One line a check, `ok …` or `FAIL …`, and `done` at the end; screenshots and printed pages go to FOLDER.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const WIDTHS = [[1280, 900], [360, 740], [320, 640]];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const [browser, folder, ...pages] = process.argv.slice(2);

function check(what, faults) {
  console.log(faults.length === 0 ? `ok   ${what}` : `FAIL ${what}: ${faults.slice(0, 5).join('; ')}`);
}

// Everything that sticks out of the page to the right.
const tooWide = () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth <= clientWidth ? [] : [`${scrollWidth} px on a screen of ${clientWidth}`];
};

// The source of the focused or pointed-at figure must lie wholly on the screen. It is no element and has no box; but a
// point of it belongs to the figure: those above or below the number are looked for first, then those left and right.
const sourceIsSeen = async ([index, how]) => {
  const figure = document.querySelectorAll('.figure')[index];
  if (how === 'focus') figure.focus();
  // What is placed beside something else follows its scrolling a frame later.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const box = figure.getBoundingClientRect();
  const steps = (end) => Array.from({ length: Math.ceil(end / 2) }, (_, step) => step * 2);
  const isFigure = (x, y) => document.elementFromPoint(x, y) === figure;
  const middle = (box.left + box.right) / 2;
  const ys = steps(innerHeight).filter((y) => (y < box.top - 2 || y > box.bottom + 2) && isFigure(middle, y));
  const xs = steps(innerWidth).filter((x) => isFigure(x, ys[ys.length >> 1]));
  const [left, right, top, bottom] = [xs.at(0), xs.at(-1), ys.at(0), ys.at(-1)];
  const says = getComputedStyle(figure, '::after').content.includes(figure.dataset.source.replaceAll('"', '\\"'));
  const on = left > 1 && right < innerWidth - 3 && top > 1 && bottom < innerHeight - 3;
  return says && on ? [] : [`figure ${index + 1}, ${figure.textContent}: ${left}–${right}, ${top}–${bottom}`];
};

async function inspect(chrome, path, [width, height], scheme) {
  const name = basename(path, '.html');
  const at = `${name}.html, ${width} px, ${scheme}`;
  const isMobile = width < 600;
  const context = await chrome.newContext({ viewport: { width, height }, colorScheme: scheme, isMobile, hasTouch: isMobile });
  const page = await context.newPage();
  const url = pathToFileURL(resolve(path)).href;
  const said = [];
  page.on('console', (message) => said.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('request', (request) => request.url() !== url && said.push(`request: ${request.url()}`));
  await page.goto(url);
  await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
  check(`${at}: nothing is wider than the screen`, await page.evaluate(tooWide));

  const count = await page.locator('.figure').count();
  const unseen = [];
  for (let index = 0; index < count; index += 1) unseen.push(...(await page.evaluate(sourceIsSeen, [index, 'focus'])));
  check(`${at}: keyboard focus shows the source of each of ${count} figures`, unseen);
  await page.evaluate(() => document.activeElement.blur());
  const unseenByPointer = [];
  for (const index of count > 0 ? new Set([0, count >> 1, count - 1]) : []) {
    await page.locator('.figure').nth(index).hover();
    unseenByPointer.push(...(await page.evaluate(sourceIsSeen, [index, 'hover'])));
  }
  check(`${at}: the pointer shows the source of the first, a middle and the last figure`, unseenByPointer);
  await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}-source.png` });

  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  check(`${at}: nothing is wider than the screen with the sources open`, await page.evaluate(tooWide));
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document));
  const told = violations.map(({ id, nodes }) => `${id} ${nodes[0].target} (${nodes.length})`);
  check(`${at}: axe-core finds nothing (${passes.length} rules passed)`, passes.length > 0 ? told : ['no rule ran']);
  check(`${at}: no message, no request`, said);
  if (width === WIDTHS[0][0]) await page.pdf({ path: `${folder}/${name}-${scheme}.pdf`, preferCSSPageSize: true });
  await context.close();
}

const chrome = await chromium.launch({ executablePath: browser, headless: true, args: FLAGS });
for (const path of pages) {
  for (const width of WIDTHS) {
    for (const scheme of ['light', 'dark']) await inspect(chrome, path, width, scheme);
  }
}
await chrome.close();
console.log('done');
