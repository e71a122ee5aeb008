package io.numa.avatar.worker;

import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.operation.Waiting.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a worker takes no task. Safe for use by several threads. */
final class Reasons {
  private final WorkerControl control;
  private final Admission admission;
  private final Inbox inbox;
  private final WorkerWatch watch;

  Reasons(WorkerControl control, Admission admission, Inbox inbox, WorkerWatch watch) {
    this.control = control;
    this.admission = admission;
    this.inbox = inbox;
    this.watch = watch;
  }

  /** Why no task is taken at present, the most urgent reason first. */
  List<Waiting> all() {
    var all = new ArrayList<>(unready(watch.contact().awaySince().isPresent()));
    admission.fullness().ifPresent(text -> all.add(Waiting.of(Kind.NO_SLOT, text)));
    if (all.isEmpty() && inbox.arrived() == 0) {
      all.add(inbox.nextDue().map(this::retry).orElseGet(this::silence));
    }
    return all;
  }

  private Waiting retry(Instant next) {
    int count = inbox.delayed();
    String text = (count == 1 ? "a task waits" : count + " tasks wait") + " for the next try";
    return new Waiting(Kind.RETRY, text, Optional.empty(), Optional.of(next));
  }

  /** Before the first answer, nothing is known of tasks; the calls of one poll may take minutes. */
  private Waiting silence() {
    BackendContact contact = watch.contact();
    return contact.last().isPresent()
        ? Waiting.of(Kind.NO_MESSAGE, "no task is announced")
        : away(contact);
  }

  /** Why a task that is announced now would not be taken. */
  List<Waiting> unready() {
    return unready(!watch.contact().reached());
  }

  private List<Waiting> unready(boolean away) {
    var all = new ArrayList<Waiting>();
    control.refusal().ifPresent(refusal -> all.add(Waiting.of(Kind.REFUSED, refusal.getMessage())));
    if (!control.running()) {
      all.add(Waiting.of(Kind.DRAINING, "it takes no more tasks, and ends after the running ones"));
    }
    control.pausedSince().map(Waiting::paused).ifPresent(all::add);
    admission.shortage().ifPresent(text -> all.add(Waiting.of(Kind.DISK, text)));
    if (away) {
      all.add(away(watch.contact()));
    }
    return all;
  }

  private Waiting away(BackendContact contact) {
    String text = contact.problem().orElseGet(watch.origin()::notReached);
    Optional<Instant> until = contact.offUntil();
    return new Waiting(
        until.isPresent() ? Kind.BREAKER_OPEN : watch.origin().away(),
        text,
        contact.awaySince(),
        until);
  }
}
