/** Settings and account files: `import { loadAccount } from 'copydesk/config'`. */
export { loadAccount, loadAccounts } from './accounts/load.js';
export { loadEnvFile } from './env-file.js';
export { readSettings, type Environment, type Settings } from './settings.js';
