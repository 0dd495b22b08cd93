import { keepStatementsAlive } from '../../src/sqlite/keep-alive.js';

keepStatementsAlive();
