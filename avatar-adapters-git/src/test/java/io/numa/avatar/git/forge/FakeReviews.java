package io.numa.avatar.git.forge;

import io.numa.avatar.git.forge.FakeForge.Pull;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people and checks say about the one change request of a fake service. */
final class FakeReviews implements ReviewWorld {
  static final long ADA_ID = 11;
  static final long GRACE_ID = 12;
  static final long ROBOT_ID = 13;
  static final long SELF_ID = 14;

  private final FakeForge forge;
  private final String robot;
  final Pull pull;
  final List<LineThread> threads = new ArrayList<>();
  final List<Comment> reviews = new ArrayList<>();
  final List<Comment> remarks = new ArrayList<>();
  final List<String> answers = new ArrayList<>();

  /** The checks of each commit: their states by their names; null for one that runs. */
  final Map<String, Map<String, Optional<String>>> checks = new LinkedHashMap<>();

  private long lastId = 100;
  private int pushes;

  /** A comment, and the newest commit when it was written. */
  record Comment(long id, String author, String text, String commit) {}

  /** Comments at one line. */
  static final class LineThread {
    final int line;
    final String commit;
    boolean outdated;
    boolean resolved;
    final List<Comment> comments = new ArrayList<>();

    LineThread(int line, String commit) {
      this.line = line;
      this.commit = commit;
    }
  }

  /**
   * @param robot the name of an account that is no person's
   */
  FakeReviews(FakeForge forge, String robot) {
    this.forge = forge;
    this.robot = robot;
    this.pull = forge.add("dev", "main");
    pull.title = "Let people log in";
    push();
  }

  private void push() {
    pushes++;
    var commit = new CommitId(String.format(Locale.ROOT, "%040x", pushes));
    forge.push(new PendingPush(forge.repository(), new BranchName("dev"), commit));
  }

  Comment comment(long id, String author, String text) {
    return new Comment(id, author, text, head().value());
  }

  long nextId() {
    return ++lastId;
  }

  /** The number of an account. */
  static long id(String author) {
    return switch (author) {
      case ADA -> ADA_ID;
      case GRACE -> GRACE_ID;
      case SELF -> SELF_ID;
      default -> ROBOT_ID;
    };
  }

  /** The avatar adds a comment at a line. */
  Comment answerAt(LineThread thread, String text) {
    answers.add(text);
    Comment comment = comment(nextId(), SELF, text);
    thread.comments.add(comment);
    return comment;
  }

  /** The avatar adds a comment to the change request. */
  Comment answer(String text) {
    answers.add(text);
    Comment comment = comment(nextId(), SELF, text);
    remarks.add(comment);
    return comment;
  }

  /** The checks of a commit, and their logs; empty for one that runs. */
  Map<String, Optional<String>> checksOf(String commit) {
    return checks.getOrDefault(commit, Map.of());
  }

  @Override
  public String robot() {
    return robot;
  }

  @Override
  public RepositoryUrl repository() {
    return forge.repository();
  }

  @Override
  public String url() {
    return forge.webUrl(pull);
  }

  @Override
  public CommitId head() {
    return new CommitId(forge.commit(pull));
  }

  @Override
  public void comment(String author, String text) {
    synchronized (forge) {
      var thread = new LineThread(3 + threads.size(), head().value());
      thread.comments.add(comment(nextId(), author, text));
      threads.add(thread);
    }
  }

  @Override
  public void reply(String author, String text) {
    synchronized (forge) {
      threads.get(threads.size() - 1).comments.add(comment(nextId(), author, text));
    }
  }

  @Override
  public void review(String author, String text) {
    synchronized (forge) {
      reviews.add(comment(nextId(), author, text));
    }
  }

  @Override
  public void remark(String author, String text) {
    synchronized (forge) {
      remarks.add(comment(nextId(), author, text));
    }
  }

  @Override
  public void outdate() {
    synchronized (forge) {
      threads.forEach(thread -> thread.outdated = true);
      push();
    }
  }

  @Override
  public void fail(String check, String log) {
    check(check, Optional.of(log));
  }

  @Override
  public void run(String check) {
    check(check, Optional.empty());
  }

  private void check(String name, Optional<String> log) {
    synchronized (forge) {
      checks.computeIfAbsent(head().value(), commit -> new LinkedHashMap<>()).put(name, log);
    }
  }

  @Override
  public void close() {
    synchronized (forge) {
      pull.lastCommit = forge.commit(pull);
      pull.state = State.CLOSED;
    }
  }

  @Override
  public List<String> answers() {
    return List.copyOf(answers);
  }
}
