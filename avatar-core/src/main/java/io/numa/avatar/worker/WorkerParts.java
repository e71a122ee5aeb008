package io.numa.avatar.worker;

/** The parts of a worker that its {@link Intake} uses. */
record WorkerParts(Inbox inbox, Dispatcher dispatcher, WorkerControl control, WorkerWatch watch) {}
