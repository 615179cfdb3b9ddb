// Stands where a stock Electron has its default app, which the registry's copy lacks: `electron <folder>`.
// Runs only inside that runtime (packed into resources/default_app.asar by registry-runtime.ts).
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { app } = require('electron');

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setPath('userData', path.join(app.getPath('appData'), app.name));
app.setAppPath(folder);
Module._load(path.join(folder, manifest.main), Module, true);
