package io.numa.avatar.testkit;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ReviewComment;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The reviews and checks of one change request, in memory. Safe for use by several threads. */
public final class InMemoryReviews implements Reviews, ReviewWorld {
  private static final String ROBOT = "build-bot";
  private static final BranchName MAIN = new BranchName("main");

  private final Origin origin;
  private final AtomicInteger outdated = new AtomicInteger();
  private final List<ReviewThread> threads = new ArrayList<>();
  private final List<ReviewComment> remarks = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final Map<CommitId, CommitChecks> checks = new HashMap<>();
  private final List<PortException> failures = new ArrayList<>();
  private boolean open = true;
  private boolean losing;
  private int reads;

  /**
   * Where the change request is from.
   *
   * @param tip gives its newest commit
   */
  private record Origin(RepositoryUrl repository, BranchName branch, Supplier<CommitId> tip) {}

  /** A change request of {@code dev}, whose newest commit changes when it is outdated. */
  public InMemoryReviews(RepositoryUrl repository) {
    this(repository, new BranchName("dev"), () -> commit(0));
  }

  /**
   * A change request of any branch.
   *
   * @param tip gives its newest commit
   */
  public InMemoryReviews(RepositoryUrl repository, BranchName branch, Supplier<CommitId> tip) {
    this.origin = new Origin(repository, branch, tip);
  }

  private static CommitId commit(int number) {
    return new CommitId(String.format(Locale.ROOT, "%040x", 0xabc0 + number));
  }

  /** Makes the next call fail. */
  public synchronized void failOnce(PortException why) {
    failures.add(why);
  }

  /** Takes the next answer, and fails as if it had not come through. */
  public synchronized void loseNextAnswer() {
    losing = true;
  }

  /** How often the change request was read. */
  public synchronized int reads() {
    return reads;
  }

  private void failIfAsked() {
    if (!failures.isEmpty()) {
      throw failures.remove(0);
    }
  }

  @Override
  public boolean serves(RepositoryUrl url) {
    return url.equals(origin.repository());
  }

  @Override
  public synchronized ChangeReview read(RepositoryUrl url, String address) {
    reads++;
    failIfAsked();
    require(url.equals(origin.repository()) && address.equals(url()), address);
    return new ChangeReview(
        open,
        origin.branch(),
        MAIN,
        head(),
        Optional.of(SELF),
        open ? threads : List.of(),
        open ? remarks : List.of());
  }

  private static void require(boolean found, String what) {
    if (!found) {
      throw new PortException(
          FailureKind.NOT_FOUND, "could not read '" + what + "': it is unknown");
    }
  }

  @Override
  public synchronized CommitChecks checks(RepositoryUrl url, CommitId commit) {
    failIfAsked();
    return checks.getOrDefault(commit, new CommitChecks(true, List.of()));
  }

  @Override
  public synchronized Optional<String> logEnd(RepositoryUrl url, String log) {
    return Optional.of(log);
  }

  @Override
  public boolean mayWrite(RepositoryUrl url, String login) {
    return login.equals(ADA);
  }

  @Override
  public synchronized void answer(RepositoryUrl url, String address, String thread, String text) {
    failIfAsked();
    answers.add(text);
    ReviewComment comment = next(SELF, text);
    if (thread.startsWith("thread-")) {
      addTo(Integer.parseInt(thread.substring("thread-".length())), comment);
    } else {
      remarks.add(comment);
    }
    if (losing) {
      losing = false;
      throw new PortException(FailureKind.UNAVAILABLE, "could not answer: the connection broke");
    }
  }

  private void addTo(int index, ReviewComment comment) {
    ReviewThread thread = threads.get(index);
    var all = new ArrayList<>(thread.comments());
    all.add(comment);
    threads.set(index, new ReviewThread(thread.id(), thread.place(), thread.standing(), all));
  }

  private ReviewComment next(String author, String text) {
    long number = all().count() + 1;
    return new ReviewComment("comment-" + number, author, author.equals(ROBOT), text);
  }

  private Stream<ReviewComment> all() {
    return Stream.concat(
        threads.stream().flatMap(thread -> thread.comments().stream()), remarks.stream());
  }

  @Override
  public String robot() {
    return ROBOT;
  }

  @Override
  public RepositoryUrl repository() {
    return origin.repository();
  }

  @Override
  public String url() {
    return origin.repository().value().replaceFirst("\\.git$", "") + "/changes/1";
  }

  @Override
  public CommitId head() {
    return outdated.get() == 0 ? origin.tip().get() : commit(outdated.get());
  }

  @Override
  public synchronized void comment(String author, String text) {
    threads.add(
        new ReviewThread(
            "thread-" + threads.size(),
            "src/App.java, line 3",
            Standing.OPEN,
            List.of(next(author, text))));
  }

  @Override
  public synchronized void reply(String author, String text) {
    addTo(threads.size() - 1, next(author, text));
  }

  @Override
  public synchronized void review(String author, String text) {
    threads.add(new ReviewThread("review", "", Standing.OPEN, List.of(next(author, text))));
  }

  @Override
  public synchronized void remark(String author, String text) {
    remarks.add(next(author, text));
  }

  @Override
  public synchronized void outdate() {
    outdated.incrementAndGet();
    threads.replaceAll(
        thread ->
            new ReviewThread(thread.id(), thread.place(), Standing.OUTDATED, thread.comments()));
  }

  @Override
  public synchronized void fail(String check, String log) {
    CommitChecks before = checks(repository(), head());
    var failed = new ArrayList<>(before.failed());
    failed.add(new CommitChecks.Failed(check, "", Optional.of(log)));
    checks.put(head(), new CommitChecks(before.complete(), failed));
  }

  @Override
  public synchronized void run(String check) {
    checks.put(head(), new CommitChecks(false, checks(repository(), head()).failed()));
  }

  /** All checks of the newest commit end. */
  public synchronized void complete() {
    checks.put(head(), new CommitChecks(true, checks(repository(), head()).failed()));
  }

  @Override
  public synchronized void close() {
    open = false;
  }

  @Override
  public synchronized List<String> answers() {
    return List.copyOf(answers);
  }
}
