package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.testkit.fixture.SeededRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A Git server on loopback, over HTTP (protocols 0 and 2) and SSH, for bare repositories in a
 * folder; over HTTP it keeps LFS objects as well. Safe for use by several threads.
 *
 * <p>Over HTTP it asks for no login unless {@link #requirePassword} was called. Over SSH it accepts
 * the keys that were passed to {@link #authorize}.
 */
public final class GitServer implements AutoCloseable {
  private static final int THREADS = 16;

  private final Path root;
  private final ExecutorService pool;
  private final Map<String, Repository> open = new ConcurrentHashMap<>();
  private final GitService service;
  private final LfsObjects lfs;
  private final HttpFront http;
  private @Nullable SshFront ssh;

  private GitServer(Path root) throws IOException {
    this.root = root;
    var number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1000),
            task -> {
              var thread = new Thread(task, "git-server-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.service = new GitService(this::find);
    this.lfs = new LfsObjects(root);
    this.http = new HttpFront(service, lfs, pool);
  }

  /** Started when first needed: few tests use SSH, and each server would pay for it. */
  private synchronized SshFront ssh() {
    if (ssh == null) {
      try {
        ssh = new SshFront(service, pool);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ssh;
  }

  private synchronized void closeSsh() {
    if (ssh != null) {
      ssh.close();
    }
  }

  /**
   * Starts a server on free ports.
   *
   * @param root the folder of the repositories, each in {@code <name>.git}; created if it is
   *     missing
   */
  public static GitServer start(Path root) throws IOException {
    Files.createDirectories(root);
    return new GitServer(root);
  }

  /** Creates an empty bare repository whose HEAD is {@code main}. */
  public SeededRepository createRepository(String name) {
    try {
      Repository repository = build(name);
      repository.create(true);
      repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
      open.put(name, repository);
      return new SeededRepository(repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a repository. */
  public Path path(String name) {
    return root.resolve(name + ".git");
  }

  public String httpUrl(String name) {
    return "http://127.0.0.1:" + http.port() + "/" + encode(name) + ".git";
  }

  public String sshUrl(String name) {
    return "ssh://git@127.0.0.1:" + ssh().port() + "/" + encode(name) + ".git";
  }

  /** Makes it require this login over HTTP from now on. */
  public void requirePassword(String user, String password) {
    http.requirePassword(user, password);
  }

  /** Accepts this public key over SSH, under any user name. */
  public void authorize(Path opensshPublicKey) throws IOException {
    ssh().authorize(opensshPublicKey);
  }

  /** Makes a key pair, writes the private key to a file, and accepts the public key. */
  public void authorizeNewKey(Path privateKey) throws IOException {
    ssh().authorizeNewKey(privateKey);
  }

  /** The line of a {@code known_hosts} file for this server. */
  public String knownHostsLine() {
    return ssh().knownHostsLine();
  }

  /** Makes it refuse all further pushes, with this message. */
  public void rejectPushes(String message) {
    service.rules.rejectAll(message);
  }

  /** Makes it refuse further pushes to this branch, with this message. */
  public void protectBranch(String branch, String message) {
    service.rules.protect(Constants.R_HEADS + branch, message);
  }

  /**
   * Makes it accept pushes to {@code refs/for/*} as Gerrit does: as changes for review. It has the
   * users {@code ada} and {@code grace}.
   *
   * @param pages the address of its changes, such as {@code https://git.example.com}
   */
  public void reviewPushes(String pages) {
    service.rules.review(pages);
  }

  /** The changes created by such pushes, oldest first. */
  public List<ReviewedChange> changes() {
    return service.rules.changes();
  }

  /** Abandons or merges a change: Gerrit's answer is the same for both. */
  public void closeChange(int number) {
    service.rules.closeChange(number);
  }

  /** Runs {@code action} when the next push has sent everything, before the rules judge it. */
  public void duringNextPush(Runnable action) {
    service.rules.duringNextPush(action);
  }

  /** Accepts the next push, and breaks the connection instead of answering. */
  public void loseNextPushAnswer() {
    service.loseNextPushAnswer();
  }

  /** Holds the next push over HTTP before it has sent anything. */
  public void holdNextPush() {
    service.gate.holdNext();
  }

  /** Waits until a push is held; false if none is within {@code limit}. */
  public boolean awaitHeldPush(Duration limit) throws InterruptedException {
    return service.gate.awaitHeld(limit);
  }

  /** Releases the held push. */
  public void releasePush() {
    service.gate.release();
  }

  /** Makes it answer no further request, until it is closed. */
  public void stall() {
    service.stall();
  }

  /** Makes it answer the next {@code times} requests for LFS objects with an error. */
  public void failLfsObjects(int times) {
    lfs.fail(times);
  }

  /** The file of an LFS object of a repository, which may be missing. */
  public Path lfsObject(String name, String oid) {
    return LfsObjects.file(path(name).resolve("lfs/objects"), oid);
  }

  /** How many requests (HTTP) and commands (SSH) it has received. */
  public int requests() {
    return service.requests();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    service.close();
    http.close();
    closeSsh();
    pool.shutdownNow();
    open.values().forEach(Repository::close);
  }

  private Optional<Repository> find(String name) {
    if (!Files.isDirectory(path(name)) || name.contains("..")) {
      return Optional.empty();
    }
    return Optional.of(
        open.computeIfAbsent(
            name,
            missing -> {
              try {
                return build(missing);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  private Repository build(String name) throws IOException {
    return new FileRepositoryBuilder().setGitDir(path(name).toFile()).setBare().build();
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
