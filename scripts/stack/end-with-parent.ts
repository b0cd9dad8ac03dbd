/**
 * Loaded into every process that `startChild` starts: when the parent lets go of it, by wish or by dying, the process
 * ends as after SIGTERM, also where there are no signals (Windows).
 */
process.once('disconnect', () => {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
});
// Listening keeps a process alive; this one shall end when its own work does.
process.channel?.unref();
