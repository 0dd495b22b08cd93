/** `ronda worker collect` as a process shell, for service managers that start a file. */
process.argv.splice(2, 0, 'worker', 'collect');
await import('../src/cli/main.js');

export {};
