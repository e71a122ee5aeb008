package io.numa.avatar.nats.internal.connect;

import java.util.concurrent.ThreadFactory;

/** Daemon threads, so that an open connection does not keep a process from its end. */
final class LinkThreads {
  private LinkThreads() {}

  static ThreadFactory named(String name) {
    return work -> {
      var thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  static void start(String name, Runnable work) {
    named(name).newThread(work).start();
  }
}
