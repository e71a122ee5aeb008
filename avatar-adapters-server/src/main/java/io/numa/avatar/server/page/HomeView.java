package io.numa.avatar.server.page;

import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.operation.Waiting.Kind;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.run.guard.DiskSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the avatar does now, and what has ended. */
record HomeView(Now now, State state, boolean any, List<Row> rows) {
  /** Reasons that are as they should be. */
  private static final Set<Kind> USUAL = Set.of(Kind.NO_SLOT, Kind.NO_MESSAGE);

  /** Each slot. */
  record Now(String slots, Optional<Urgent> urgent, List<Slot> running, Optional<Free> free) {}

  /** Why it takes no task. */
  record Urgent(List<Reason> reasons) {}

  /** One reason. */
  record Reason(String phrase, String text, Optional<Moment> since, Optional<Moment> until) {}

  /** The slots without a task. */
  record Free(String slots, Optional<String> reason) {}

  /** The state of what the avatar needs. */
  record State(
      Optional<Moment> reached,
      Optional<Moment> away,
      Optional<String> problem,
      String where,
      List<Fact> facts,
      List<Disk> disks) {}

  /**
   * A disk.
   *
   * @param used in percent
   * @param low that there is less free space than required
   */
  record Disk(String space, String used, Optional<String> low, String folder) {}

  static HomeView of(AvatarStatus status, TaskPage ended, Words words) {
    List<Row> rows = ended.tasks().stream().map(line -> Row.of(line, words)).toList();
    return new HomeView(now(status, words), state(status, words), !rows.isEmpty(), rows);
  }

  private static Now now(AvatarStatus status, Words words) {
    int running = status.running().size();
    return new Now(
        words.of("slots", running, status.concurrency()),
        urgent(status.why(), words),
        status.running().stream().map(task -> Slot.of(task, words)).toList(),
        free(status, words));
  }

  private static Optional<Urgent> urgent(List<Waiting> why, Words words) {
    List<Reason> reasons =
        why.stream()
            .filter(reason -> !USUAL.contains(reason.kind()))
            .map(
                reason ->
                    new Reason(
                        words.of("why_" + reason.kind().word()),
                        reason.text(),
                        words.moment(reason.since()),
                        words.moment(reason.until())))
            .toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(new Urgent(reasons));
  }

  private static Optional<Free> free(AvatarStatus status, Words words) {
    int free = status.concurrency() - status.running().size();
    return free <= 0
        ? Optional.empty()
        : Optional.of(
            new Free(
                words.texts().count("slots_free", free),
                status.why().stream()
                    .findFirst()
                    .map(reason -> words.of("why_" + reason.kind().word()))));
  }

  private static State state(AvatarStatus status, Words words) {
    String topic = words.of("topic", status.avatar().topic());
    return new State(
        words.moment(status.backend().last()),
        words.moment(status.backend().awaySince()),
        status.backend().problem(),
        status.avatar().backend().map(address -> address + ", " + topic).orElse(topic),
        facts(status, words),
        status.disks().stream().map(disk -> disk(disk, words)).toList());
  }

  private static List<Fact> facts(AvatarStatus status, Words words) {
    var facts = new ArrayList<Fact>();
    boolean delivered = status.reports().statuses() == 0 && status.reports().logBytes() == 0;
    facts.add(
        new Fact(
            words.of("reports"),
            delivered
                ? words.of("delivered")
                : words.of(
                    "reports_wait",
                    status.reports().statuses(),
                    Words.size(status.reports().logBytes()))));
    facts.add(new Fact(words.of("waiting"), words.texts().count("waiting_n", status.waiting())));
    facts.add(new Fact(words.of("sandbox"), status.avatar().sandbox()));
    List<String> agents = status.avatar().agents();
    facts.add(
        new Fact(
            words.of("agents"), agents.isEmpty() ? words.of("none") : String.join(", ", agents)));
    return facts;
  }

  private static Disk disk(DiskSpace disk, Words words) {
    double used = disk.total() <= 0 ? 0 : 100.0 * (disk.total() - disk.free()) / disk.total();
    return new Disk(
        words.of("disk_free", Words.size(disk.free()), Words.size(disk.total())),
        percent(used),
        disk.suffices()
            ? Optional.empty()
            : Optional.of(words.of("disk_low", Words.size(disk.floor()))),
        disk.folder().toString());
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", Math.max(0, Math.min(100, share)));
  }
}
