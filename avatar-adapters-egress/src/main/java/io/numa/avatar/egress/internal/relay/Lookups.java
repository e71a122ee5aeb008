package io.numa.avatar.egress.internal.relay;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.numa.avatar.egress.internal.policy.Addresses;
import io.numa.avatar.egress.internal.policy.AllowList;
import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/** Looks up names on a few threads, as a lookup blocks, and tells the answer to the reactor. */
public final class Lookups implements AutoCloseable {
  /** Is told once, on the reactor's thread. */
  interface Result {
    void found(List<SocketAddress> addresses);

    void refused(Refusal refusal);

    void unreachable(String reason);
  }

  private static final int THREADS = 4;
  private static final int MOST_WAITING = 1_000;

  private final Reactor reactor;
  private final Addresses addresses;
  private final ThreadPoolExecutor threads;

  public Lookups(Reactor reactor, Addresses addresses) {
    this.reactor = reactor;
    this.addresses = addresses;
    this.threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 1, MINUTES, new LinkedBlockingQueue<>(MOST_WAITING), Lookups::daemon);
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "avatar-egress-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /** Finds the addresses of a host that {@code allowed} names. */
  void find(HostAndPort host, AllowList allowed, Result result) {
    try {
      threads.execute(() -> reactor.execute(lookup(host, allowed, result)));
    } catch (RejectedExecutionException e) {
      result.unreachable("too many names are looked up already");
    }
  }

  /** Looks up now, and returns how to tell it. */
  private Runnable lookup(HostAndPort host, AllowList allowed, Result result) {
    try {
      List<SocketAddress> found = addresses.find(host, allowed);
      return () -> result.found(found);
    } catch (RefusedException e) {
      return () -> result.refused(e.refusal());
    } catch (UnknownHostException e) {
      return () -> result.unreachable("its name is unknown");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
