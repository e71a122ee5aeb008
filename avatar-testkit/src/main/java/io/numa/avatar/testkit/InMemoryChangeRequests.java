package io.numa.avatar.testkit;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.ForgeWorld;
import io.numa.avatar.testkit.fixture.ShownRequest;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The change requests of one repository, in memory. Safe for use by several threads. */
public final class InMemoryChangeRequests implements ChangeRequests, ForgeWorld {
  private static final Set<String> USERS = Set.of("ada", "grace");

  private final ReentrantLock lock = new ReentrantLock();
  private final RepositoryUrl repository;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<BranchName, CommitId> tips = new HashMap<>();
  private Optional<PortException> failure = Optional.empty();

  public InMemoryChangeRequests(RepositoryUrl repository) {
    this.repository = repository;
  }

  /** A request, and the commit that its branch had when it was last open. */
  private record Entry(ShownRequest shown, CommitId commit) {}

  /** Makes every call fail from now on. */
  public void failWith(PortException why) {
    failure = Optional.of(why);
  }

  /** Makes calls succeed again. */
  public void recover() {
    failure = Optional.empty();
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (!request.pushed().repository().equals(repository)) {
        throw new PortException(
            FailureKind.NOT_FOUND,
            "could not open a change request: there is no repository at '"
                + request.pushed().repository()
                + "'");
      }
      tips.put(request.pushed().branch(), request.pushed().commit());
      return place(request);
    } finally {
      lock.unlock();
    }
  }

  private ProposedChange place(ChangeRequest request) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      Optional<Standing> standing = standing(entry, request);
      if (standing.isPresent()) {
        return standing.get() == Standing.FOUND
            ? put(i, entry.shown(), request, Standing.FOUND)
            : new ProposedChange(entry.shown().url(), standing.get(), List.of());
      }
    }
    var blank =
        new ShownRequest(
            url(entries.size() + 1),
            State.OPEN,
            request.pushed().branch(),
            request.target(),
            request.title(),
            request.body(),
            request.draft(),
            Set.of(),
            Set.of());
    entries.add(new Entry(blank, request.pushed().commit()));
    return put(entries.size() - 1, blank, request, Standing.OPENED);
  }

  private static Optional<Standing> standing(Entry entry, ChangeRequest request) {
    ShownRequest shown = entry.shown();
    if (!shown.head().equals(request.pushed().branch())
        || !shown.target().equals(request.target())) {
      return Optional.empty();
    }
    return switch (shown.state()) {
      case OPEN -> Optional.of(Standing.FOUND);
      case CLOSED ->
          shown.title().equals(request.title()) ? Optional.of(Standing.CLOSED) : Optional.empty();
      case MERGED ->
          entry.commit().equals(request.pushed().commit())
              ? Optional.of(Standing.MERGED)
              : Optional.empty();
    };
  }

  private ProposedChange put(int index, ShownRequest old, ChangeRequest now, Standing standing) {
    var labels = new HashSet<>(old.labels());
    labels.addAll(now.labels());
    var reviewers = new HashSet<>(old.reviewers());
    now.reviewers().stream().filter(USERS::contains).forEach(reviewers::add);
    var shown =
        new ShownRequest(
            old.url(),
            old.state(),
            old.head(),
            old.target(),
            now.title(),
            now.body(),
            old.draft(),
            labels,
            reviewers);
    entries.set(index, new Entry(shown, now.pushed().commit()));
    List<String> notes =
        now.reviewers().stream()
            .filter(name -> !USERS.contains(name))
            .map(name -> "there is no user '" + name + "' to review it")
            .toList();
    return new ProposedChange(old.url(), standing, notes);
  }

  private String url(int number) {
    return repository.value().replaceFirst("\\.git$", "") + "/changes/" + number;
  }

  @Override
  public RepositoryUrl repository() {
    return repository;
  }

  @Override
  public void push(PendingPush push) {
    tips.put(push.branch(), push.commit());
  }

  @Override
  public List<ShownRequest> requests() {
    lock.lock();
    try {
      return entries.stream().map(Entry::shown).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close(String url) {
    change(url, shown -> with(shown, State.CLOSED, shown.draft(), shown.labels()));
  }

  @Override
  public void merge(String url) {
    change(url, shown -> with(shown, State.MERGED, shown.draft(), shown.labels()));
  }

  @Override
  public void markReady(String url) {
    change(url, shown -> with(shown, shown.state(), false, shown.labels()));
  }

  @Override
  public void addLabel(String url, String label) {
    change(
        url,
        shown -> {
          var labels = new HashSet<>(shown.labels());
          labels.add(label);
          return with(shown, shown.state(), shown.draft(), labels);
        });
  }

  private interface Edit {
    ShownRequest of(ShownRequest shown);
  }

  private void change(String url, Edit edit) {
    lock.lock();
    try {
      entries.replaceAll(
          entry ->
              entry.shown().url().equals(url)
                  ? new Entry(
                      edit.of(entry.shown()),
                      tips.getOrDefault(entry.shown().head(), entry.commit()))
                  : entry);
    } finally {
      lock.unlock();
    }
  }

  private static ShownRequest with(
      ShownRequest shown, State state, boolean draft, Set<String> labels) {
    return new ShownRequest(
        shown.url(),
        state,
        shown.head(),
        shown.target(),
        shown.title(),
        shown.body(),
        draft,
        labels,
        shown.reviewers());
  }
}
