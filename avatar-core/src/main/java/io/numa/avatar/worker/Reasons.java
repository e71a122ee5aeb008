package io.numa.avatar.worker;

import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.operation.Waiting.Kind;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.money.UsedBudget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says why a worker takes no task. Safe for use by several threads. */
final class Reasons {
  private final WorkerControl control;
  private final Admission admission;
  private final Inbox inbox;
  private final WorkerWatch watch;
  private final Supplier<Optional<UsedBudget>> budget;

  /**
   * @param budget gives the budget for agents that is used up
   */
  Reasons(
      WorkerControl control,
      Admission admission,
      Inbox inbox,
      WorkerWatch watch,
      Supplier<Optional<UsedBudget>> budget) {
    this.control = control;
    this.admission = admission;
    this.inbox = inbox;
    this.watch = watch;
    this.budget = budget;
  }

  /** Why no task is taken at present, the most urgent reason first. */
  List<Waiting> all() {
    List<Waiting> unready = unready(watch.contact().awaySince().isPresent());
    Optional<Waiting> full = admission.fullness().map(text -> Waiting.of(Kind.NO_SLOT, text));
    boolean idle = unready.isEmpty() && full.isEmpty() && inbox.arrived() == 0;
    Optional<Waiting> empty =
        idle
            ? Optional.of(inbox.nextDue().map(this::retry).orElseGet(this::silence))
            : Optional.empty();
    var all = new ArrayList<>(unready);
    Stream.of(spent(), full, empty).flatMap(Optional::stream).forEach(all::add);
    return all;
  }

  /** Plans are taken all the same, so this is never the only reason why nothing is done. */
  private Optional<Waiting> spent() {
    try {
      return budget.get().map(Waiting::budget);
    } catch (PortException e) {
      return Optional.of(Waiting.of(Kind.BUDGET, "prose waits: " + e.getMessage()));
    }
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

  /** Why a task that is announced now would not be taken; a task of prose, at least. */
  List<Waiting> unready() {
    var all = new ArrayList<>(unready(!watch.contact().reached()));
    spent().ifPresent(all::add);
    return all;
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
