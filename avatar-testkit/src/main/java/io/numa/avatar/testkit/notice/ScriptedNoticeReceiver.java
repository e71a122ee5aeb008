package io.numa.avatar.testkit.notice;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.port.notice.NoticeReceiver;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver that takes, refuses or holds notices as a test says. Safe for use by several threads.
 */
public final class ScriptedNoticeReceiver implements NoticeReceiver {
  private final String name;
  private final Set<NoticeEvent> events;
  private final List<Notice> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger tries = new AtomicInteger();
  private final Semaphore arrivals = new Semaphore(0);
  private volatile boolean away;
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** A receiver that takes everything. */
  public ScriptedNoticeReceiver(String name) {
    this(name, EnumSet.allOf(NoticeEvent.class));
  }

  public ScriptedNoticeReceiver(String name, Set<NoticeEvent> events) {
    this.name = name;
    this.events = Set.copyOf(events);
  }

  /** Refuses everything from now on. */
  public void goAway() {
    away = true;
  }

  /** Takes everything from now on. */
  public void comeBack() {
    away = false;
  }

  /** Answers nothing until {@link #release}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  public void release() {
    held.countDown();
  }

  /** What it has taken, in order. */
  public List<Notice> taken() {
    return List.copyOf(taken);
  }

  /** How often something was sent to it. */
  public int tries() {
    return tries.get();
  }

  /** Waits for the next notice that it takes, and says whether one came. */
  public boolean awaitNotice(Duration limit) throws InterruptedException {
    return arrivals.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<NoticeEvent> events() {
    return events;
  }

  @Override
  public void deliver(Notice notice) throws InterruptedException {
    tries.incrementAndGet();
    held.await();
    if (away) {
      throw new PortException(
          FailureKind.UNAVAILABLE, "could not send a notice to " + name + ": it is away");
    }
    taken.add(notice);
    arrivals.release();
  }
}
