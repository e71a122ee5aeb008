package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the script {@code ./avatar} of a checkout, with a JVM that prints its arguments. */
class LauncherTest {
  /** Makes the list of classes, or the archive, that its options name. */
  private static final String JAVA =
      """
      #!/bin/sh
      printf '<%s>' "$LC_ALL" "$@"
      made=
      for option; do
        case $option in
          -Xshare:dump) made=yes ;;
          -XX:DumpLoadedClassList=*) echo "$option" >"${option#*=}"; echo "$option" >>"$TRIALS" ;;
          -XX:SharedArchiveFile=*) [ -z "$made" ] || cp "$from" "${option#*=}" ;;
          -XX:SharedClassListFile=*) from=${option#*=} ;;
        esac
      done
      """;

  @TempDir Path folder;
  private Path launcher;
  private Path jar;
  private Path java;
  private Path trials;

  @BeforeEach
  void makeCheckout() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("check out")).toRealPath();
    launcher = Files.copy(Path.of("..", "avatar"), checkout.resolve("avatar"));
    Files.createDirectory(checkout.resolve("scripts"));
    Files.copy(Path.of("../scripts/launch"), checkout.resolve("scripts/launch"));
    jar = checkout.resolve("avatar-runner-cli/target/avatar.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    trials = Files.createFile(folder.resolve("trials"));
  }

  @Test
  void startsTheJarOfItsCheckout() throws Exception {
    assertThat(run(launcher, "--version"))
        .startsWith("<C.UTF-8><-XX:+UseSerialGC>")
        .endsWith("<-cp><" + jar + "><io.numa.avatar.cli.Main><--version>");
    awaitStored();
  }

  /** A link to it, such as {@code ~/bin/avatar}, once made a build in the folder of the link. */
  @Test
  void startsTheJarOfItsCheckoutThroughLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Path absolute = Files.createSymbolicLink(bin.resolve("numa"), launcher);
    Path relative = Files.createSymbolicLink(bin.resolve("avatar"), Path.of("numa"));
    Path ofFolder = Files.createSymbolicLink(folder.resolve("link"), launcher.getParent());
    String expected = "<-cp><" + jar + "><io.numa.avatar.cli.Main><--version>";

    assertThat(run(absolute, "--version")).endsWith(expected);
    assertThat(run(relative, "--version")).endsWith(expected);
    assertThat(run(ofFolder.resolve("avatar"), "--version")).endsWith(expected);
    awaitStored();
  }

  @Test
  void storesClassesInTheBackgroundAtTheFirstCommand() throws Exception {
    assertThat(run(launcher, "--version")).doesNotContain("Archive");
    awaitStored();

    assertThat(run(launcher, "--version")).contains("<-XX:SharedArchiveFile=" + archive("task"));
    assertThat(run(launcher, "run")).contains("<-XX:SharedArchiveFile=" + archive("run"));
  }

  @Test
  void storesClassesAnewForAnotherJarOrJdk() throws Exception {
    for (Path changed : List.of(jar, java)) {
      store();
      List<Path> before = archives();
      Files.setLastModifiedTime(changed, FileTime.fromMillis(1));
      store();
      assertThat(archives()).hasSize(2).doesNotContainAnyElementsOf(before);
    }
  }

  @Test
  void storesTheClassesThatAPackageListsWithoutTrials() throws Exception {
    Path lists = Files.createDirectory(jar.resolveSibling("classes"));
    Files.writeString(lists.resolve("run"), "those of run");
    Files.writeString(lists.resolve("task"), "those of a task");

    store();

    assertThat(archive("run")).hasContent("those of run");
    assertThat(archive("task")).hasContent("those of a task");
    assertThat(trials).isEmptyFile();
  }

  @Test
  void leavesTheStoringToTheProcessThatBegan() throws Exception {
    store();
    Path other = Files.createDirectory(storing());
    archives().forEach(archive -> assertThat(archive.toFile().delete()).isTrue());

    store();

    assertThat(archives()).isEmpty();
    Files.setLastModifiedTime(other, FileTime.fromMillis(1)); // as if that one had been killed
    store();
    assertThat(archives()).hasSize(2);
  }

  @Test
  void storesClassesInTheCacheOfTheUserWhereTheJarIsReadOnly() throws Exception {
    assumeThat(System.getProperty("user.name")).isNotEqualTo("root"); // who writes anywhere
    assertThat(jar.getParent().toFile().setWritable(false)).isTrue();

    store();

    assertThat(folder.resolve("home/.cache/numa-avatar"))
        .isDirectoryContaining("glob:**/run-*.jsa");
  }

  /** Also lets the process in the background end, whose files would hinder the folder's removal. */
  private void awaitStored() throws Exception {
    while (archives().size() < 2 || Files.exists(storing())) {
      new Waiter().pause(Duration.ofMillis(10));
    }
  }

  private Path storing() throws IOException {
    String name = archive("task").getFileName().toString();
    return jar.resolveSibling(name.replaceFirst("task-(.*\\.jar)-.*", "$1.storing"));
  }

  private Path archive(String kind) throws IOException {
    return archives().stream()
        .filter(path -> path.getFileName().toString().startsWith(kind + "-"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(jar.getParent())) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private void store() throws Exception {
    run(launcher.resolveSibling("scripts/launch"), java.toString(), jar.toString(), "--store");
  }

  private String run(Path command, String... words) throws Exception {
    var line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(words));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().put("TRIALS", trials.toString());
    builder.environment().remove("XDG_CACHE_HOME");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return printed;
  }
}
