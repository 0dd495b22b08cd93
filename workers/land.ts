/** `ronda worker land` as a process shell, for service managers that start a file. */
process.argv.splice(2, 0, 'worker', 'land');
await import('../src/cli/main.js');

export {};
