/**
 * A server of the AT protocol with its directory of DIDs, for tests: everything on the loopback, nothing kept. Says where it is as
 * one JSON line, and ends with its standard input, so that it never outlives a test.
 *
 *   node server.mjs INSTALLED-FOLDER DATA-FOLDER PUBLIC-URL PORT-OF-THE-DIRECTORY PORT
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [installed, data, publicUrl, ...ports] = process.argv.slice(2);
const [plcPort, port] = ports.map(Number);
process.env.LOG_ENABLED = 'false';
const require = createRequire(join(installed, 'package.json'));
const { PDS, envToCfg, envToSecrets, readEnv } = require('@atproto/pds');
const { Database, PlcServer } = require('@did-plc/server');

const adminPassword = randomBytes(16).toString('hex');
const plc = PlcServer.create({ db: Database.mock(), port: plcPort });
await plc.start();

const config = envToCfg({
  ...readEnv(),
  devMode: true,
  port,
  hostname: 'localhost',
  didPlcUrl: `http://localhost:${plcPort}`,
  dataDirectory: data,
  blobstoreDiskLocation: join(data, 'blobs'),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  bskyAppViewUrl: 'http://localhost:1',
  bskyAppViewDid: 'did:example:invalid',
  crawlers: [],
  rateLimitsEnabled: true,
  blobUploadLimit: 5 * 1_024 ** 2,
});
config.service.publicUrl = publicUrl;
const secrets = envToSecrets({
  jwtSecret: randomBytes(16).toString('hex'),
  adminPassword,
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
});
const pds = await PDS.create(config, secrets);
await pds.start();

process.stdout.write(`${JSON.stringify({ url: `http://localhost:${port}`, adminPassword })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
process.exit(0);
