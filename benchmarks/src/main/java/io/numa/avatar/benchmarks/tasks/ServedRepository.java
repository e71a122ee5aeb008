package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bare repository on a server; only the benchmark uses it. */
final class ServedRepository {
  /** A line of {@code ls-tree -l}, of a file of 100 kB at most whose name needs no quotes. */
  private static final Pattern SMALL_FILE =
      Pattern.compile(
          "100644 blob [0-9a-f]+ +[0-9]{1,5}\t([A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)");

  private final String name;
  private final BareGit git;
  private final String base;
  private final String changed;
  private final String moved;
  private final int files;
  private final int commits;
  private int moves;
  private int tasks;

  private ServedRepository(String name, BareGit git) throws IOException, InterruptedException {
    this.name = name;
    this.git = git;
    this.base = git.text("symbolic-ref", "--short", "HEAD");
    List<String> lines = git.text("ls-tree", "-r", "-l", "HEAD").lines().toList();
    List<String> small =
        lines.stream()
            .map(SMALL_FILE::matcher)
            .filter(Matcher::matches)
            .map(file -> file.group(1))
            .toList();
    if (small.size() < 2) {
      throw new IOException(name + " has no two small files with plain names");
    }
    this.changed = small.get(small.size() / 3);
    this.moved = small.get(small.size() * 2 / 3);
    this.files = lines.size();
    this.commits = Integer.parseInt(git.text("rev-list", "--count", "HEAD"));
  }

  /**
   * Copies the branches and tags of a repository, packed as a server packs them. Copies over Git's
   * transport: a copied folder would keep other files, and packs for which Git cannot make a
   * bitmap.
   */
  static ServedRepository copy(String name, Path original, Path root)
      throws IOException, InterruptedException {
    Path folder = root.resolve(name + ".git");
    String from = original.toAbsolutePath().toString();
    new BareGit(root).text("clone", "-q", "--bare", "--no-local", from, folder.toString());
    return prepare(name, folder);
  }

  /** Makes a repository. */
  static ServedRepository generate(String name, BareGit.Input content, Path root)
      throws IOException, InterruptedException {
    Path folder = root.resolve(name + ".git");
    new BareGit(root).text("init", "-q", "--bare", "--initial-branch=main", folder.toString());
    var git = new BareGit(folder);
    git.text("config", "core.bigFileThreshold", "512k"); // no search for deltas of large files
    git.feed(content, "fast-import", "--quiet", "--date-format=now");
    return prepare(name, folder);
  }

  private static ServedRepository prepare(String name, Path folder)
      throws IOException, InterruptedException {
    var git = new BareGit(folder);
    git.text("config", "http.receivepack", "true");
    git.text("config", "receive.autogc", "false");
    // The server may run as another user.
    git.text("config", "core.sharedRepository", "0666");
    git.text("repack", "-q", "-a", "-d", "-b");
    requireBitmap(name, folder);
    git.text("pack-refs", "--all");
    OpenFolder.openAll(folder);
    return new ServedRepository(name, git);
  }

  /**
   * Fails if there is no bitmap. Git only warns then, and would serve more slowly than real
   * servers.
   */
  private static void requireBitmap(String name, Path folder) throws IOException {
    Path packs = folder.resolve("objects/pack");
    try (DirectoryStream<Path> bitmaps = Files.newDirectoryStream(packs, "*.bitmap")) {
      if (!bitmaps.iterator().hasNext()) {
        throw new IOException("Git made no bitmap for " + name);
      }
    }
  }

  String name() {
    return name;
  }

  int files() {
    return files;
  }

  int commits() {
    return commits;
  }

  /** A new task. */
  Assignment next(String url, String who) {
    tasks++;
    return new Assignment(url, base, changed, "task-" + tasks + "-" + who, false);
  }

  /** Adds a commit, which changes a file, to the branch that tasks start from. */
  void move() throws IOException, InterruptedException {
    moves++;
    String text = "changed for the " + moves + ". time\n";
    String stream =
        Generated.commit(base, "Change a file")
            + ("from refs/heads/" + base + "^0\n")
            + ("M 100644 inline " + moved + "\n")
            + ("data " + text.length() + "\n" + text + "\n");
    git.feed(
        out -> out.write(stream.getBytes(UTF_8)), "fast-import", "--quiet", "--date-format=now");
  }

  /**
   * Checks that a task is done, and removes its branch.
   *
   * @throws IOException unless the branch is exactly one commit ahead and that commit changes the
   *     file as the task says
   */
  void settle(Assignment task) throws IOException, InterruptedException {
    String branch = "refs/heads/" + task.branch();
    String commit = git.text("log", "-1", "--format=%P", "--name-only", branch);
    String expected = git.text("rev-parse", "refs/heads/" + base) + "\n\n" + changed;
    String text = git.text("cat-file", "blob", branch + ":" + changed);
    if (!commit.equals(expected) || !text.equals(task.text().strip())) {
      throw new IOException("not what was to be pushed for " + task + ": " + commit + "\n" + text);
    }
    git.text("update-ref", "-d", branch);
  }
}
