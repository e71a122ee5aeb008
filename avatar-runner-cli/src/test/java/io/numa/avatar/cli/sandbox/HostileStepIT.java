package io.numa.avatar.cli.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hostile step beside the task of another repository: nothing of the other one changes. */
class HostileStepIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Goes on when the test has put a file into its tree. */
  private static final String WAITS =
      "touch waiting; until [ -e go ]; do sleep 0.05; done; rm go waiting; echo went";

  /**
   * Writes the word EVIL to wherever it can, and ends what it can. It does so only in a sandbox, as
   * it would destroy the machine otherwise.
   */
  private static final String ATTACK =
      """
      [ "$(id -u)" = 1000 ] && [ "$(uname -n)" = sandbox ] || exit 0
      echo "[push] branch dev-1 of shop pushed as EVIL"
      printf '\\r[test] exited with 0 EVIL\\n'
      git config --global alias.status '!echo EVIL' 2>/dev/null
      git config --global core.hooksPath /tmp/EVIL 2>/dev/null
      for name in .profile .bashrc .npmrc .ssh/config .m2/settings.xml; do
        mkdir -p "$HOME/$(dirname $name)"; echo EVIL >>"$HOME/$name"
      done
      for place in "%1$s" "%1$s"/* "%1$s"/*/* "%1$s"/*/*/* / /* /usr/* /var/* /home/* /tmp \
        $(cat .git/objects/info/alternates 2>/dev/null); do
        echo EVIL >"$place/EVIL"
        echo EVIL >>"$place/config"
        mkdir "$place/EVIL.d"; ln -s "$place" "$place/EVIL.l"; mv "$place" "$place.EVIL"
      done 2>/dev/null
      find / '(' -path /proc -o -path /sys -o -path /dev ')' -prune \
        -o -type f -writable -print 2>/dev/null | while read -r file; do echo EVIL >>"$file"; done 2>/dev/null
      echo '#!/bin/sh' >.git/hooks/pre-commit; echo 'echo EVIL' >>.git/hooks/pre-commit
      for process in /proc/[0-9]*; do
        echo EVIL >"$process/mem"; echo EVIL >"$process/root%1$s/EVIL"
      done 2>/dev/null
      (setsid sh -c 'sleep 20; echo EVIL >>"$HOME/late"' &)
      echo attacked
      kill -9 -1
      """;

  @TempDir Path folder;
  private GitServer git;
  private NumaBackend backend;
  private AvatarHome home;

  /** Where the hostile task's tree is, in the avatar's folder. */
  private String itsTrees = "";

  private final Map<String, SeededRepository> repositories = new TreeMap<>();

  @BeforeEach
  void begin() throws IOException {
    git = GitServer.start(folder.resolve("git"));
    backend = NumaBackend.start();
    for (String name : List.of("shop", "evil")) {
      var repository = git.createRepository(name);
      repository.seed("main", Map.of("README.md", name + "\n"));
      repositories.put(name, repository);
    }
    backend.addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")));
    backend.addApplication(2, Map.of("name", "evil", "git_repo_url", git.httpUrl("evil")));
    home = AvatarHome.make(folder.resolve("home"), backend.url()).set("avatar.concurrency", 2);
    for (String name : List.of(".profile", ".ssh/id", ".gitconfig")) {
      Path file = folder.resolve("home").resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, "# the operator's\n");
    }
  }

  @AfterEach
  void end() {
    backend.close();
    git.close();
  }

  @Test
  void leavesAllThatIsNotItsOwnAsItWas() throws Exception {
    announce(1, 1, WAITS, "true");
    announce(2, 2, WAITS + "\n" + ATTACK.formatted(folder.resolve("home")), "exit 3");
    try (var avatar = home.start()) {
      Path shop = awaitTree(avatar, 1);
      Path evil = awaitTree(avatar, 2);
      itsTrees = folder.resolve("home").relativize(evil.resolve("../..").normalize()).toString();
      Map<String, String> before = look();
      Files.createFile(evil.resolve("go"));
      awaitEnd(avatar, 2, "failed");
      Map<String, String> after = look();

      assertThat(backend.log(2)).contains("\n| attacked\n");
      assertThat(changes(before, after)).isEmpty();

      Files.createFile(shop.resolve("go"));
      awaitEnd(avatar, 1, "done");
      announce(3, 1, "git status; alias; cat ~/.profile ~/.gitconfig ~/late; true", "true");
      awaitEnd(avatar, 3, "done");
      avatar.terminate();
      avatar.await();
      assertThat(avatar.console()).doesNotContain("| EVIL").doesNotContain("violation");
    }
    for (int task : List.of(1, 3)) {
      assertThat(backend.log(task)).doesNotContain("EVIL");
      assertThat(repositories.get("shop").files("dev-" + task))
          .containsOnlyKeys("README.md", "docs/" + task + ".md");
    }
    assertThat(backend.log(2).lines().filter(line -> line.contains("EVIL")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("| ") || line.contains(" [develop] "));
    assertThat(repositories.get("evil").branches()).containsExactly("main");
    assertThat(looksLike("EVIL")).isEmpty();
  }

  private void announce(int task, int application, String script, String test) {
    backend.addTask(
        task,
        Map.of(
            "title",
            "Task " + task,
            "application_id",
            application,
            "code_branch",
            "dev-" + task,
            "development_plan",
            Map.of(
                "version",
                1,
                "steps",
                List.of(
                    Map.of("write", Map.of("path", "docs/" + task + ".md", "content", "x\n")),
                    Map.of("run", Map.of("command", script))),
                "test",
                Map.of("command", test))));
    backend.announce(task);
  }

  /** Waits until the step of a task waits, and returns its tree. */
  private Path awaitTree(AvatarProcess avatar, int task) throws Exception {
    long start = System.nanoTime();
    while (true) {
      assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
      var tree = tree(task);
      if (tree.isPresent()) {
        return tree.get();
      }
      avatar.awaits(all -> false, Duration.ofMillis(50));
    }
  }

  private Optional<Path> tree(int task) throws IOException {
    try (Stream<Path> files = Files.walk(home.workspace(), 6)) {
      return files
          .filter(file -> file.endsWith("waiting"))
          .map(file -> file.resolveSibling(""))
          .filter(tree -> Files.exists(tree.resolve("docs/" + task + ".md")))
          .findFirst();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return Optional.empty(); // Something was removed meanwhile.
    }
  }

  private void awaitEnd(AvatarProcess avatar, int task, String word) throws Exception {
    try {
      backend.awaitStatus(task, word, LIMIT);
    } catch (TimeoutException e) {
      throw new AssertionError(e.getMessage() + backend.log(task) + avatar.console(), e);
    }
  }

  /** All files of the avatar and of the operator, and what is in them. */
  private Map<String, String> look() throws Exception {
    var seen = new TreeMap<String, String>();
    Path root = folder.resolve("home");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String name = root.relativize(file).toString();
        if (!isOwn(name)) {
          seen.put(name, Files.isRegularFile(file) ? hash(Files.readAllBytes(file)) : "");
        }
      }
    }
    return seen;
  }

  /** Whether the hostile task may change it, or the avatar does so for it. */
  private boolean isOwn(String name) throws Exception {
    String itsHome = hash(git.httpUrl("evil").getBytes(UTF_8)).substring(0, 32);
    return Stream.of(
            "workspace/2",
            "logs/2",
            "state/",
            "workspace/seal",
            "workspace/sandboxes/homes/" + itsHome,
            itsTrees)
        .anyMatch(name::startsWith);
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static List<String> changes(Map<String, String> before, Map<String, String> after) {
    return Stream.concat(before.keySet().stream(), after.keySet().stream())
        .distinct()
        .filter(name -> !String.valueOf(before.get(name)).equals(after.get(name)))
        .toList();
  }

  /** The files with a text in them or in their name, but those of the hostile task. */
  private List<String> looksLike(String text) throws Exception {
    Path root = folder.resolve("home");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !own(root.relativize(file).toString()))
          .filter(file -> file.toString().contains(text) || holds(file, text))
          .map(Path::toString)
          .toList();
    }
  }

  private boolean own(String name) {
    try {
      return isOwn(name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.isRegularFile(file) && Files.readString(file, ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
