package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that a log keeps if the text exceeds its quota. */
class LogQuotaTest {
  private static final Pattern GAP =
      Pattern.compile("\\[(\\d+) bytes are left out here, as this log may have (\\d+) bytes]\n");

  private static final List<String> PARTS =
      List.of("a", "é", "€", "🙂", "\n", "line\n", "a longer piece of a line ", "x".repeat(20));

  private static final int QUOTA = 8_000;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 3_500, 5_000, 8_000, 20_000, 200_000})
  void keepsTheBeginningAndTheEndWithinTheQuota(int size) throws IOException {
    Random random = new Random(size);
    var all = new ByteArrayOutputStream();
    Path file = temp.resolve("attempt.log");

    try (var store = LogStore.open(file, 0, QUOTA)) {
      while (all.size() < size) {
        byte[] text = text(random, random.nextInt(30));
        all.writeBytes(text);
        store.append(text);
        assertThat(diskUse()).isLessThanOrEqualTo(QUOTA);
      }
      store.joinTail();
    }

    assertThat(diskUse()).isEqualTo(Files.size(file)).isLessThanOrEqualTo(QUOTA);
    verifyKept(Files.readString(file), all.toString(UTF_8));
  }

  /** Checks that there is one line about a gap, between a prefix and a suffix of the text. */
  private static void verifyKept(String log, String all) {
    var gap = GAP.matcher(log);
    if (!gap.find()) {
      assertThat(log).isEqualTo(all);
      assertThat(all.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(QUOTA);
      return;
    }
    String tail = log.substring(gap.end());
    int lost = Integer.parseInt(gap.group(1));
    String before = log.substring(0, gap.start());
    boolean lineWasEnded = bytes(before) + lost + bytes(tail) > bytes(all);
    String head = lineWasEnded ? before.substring(0, before.length() - 1) : before;

    assertThat(before).endsWith("\n");
    assertThat(gap.group(2)).isEqualTo(String.valueOf(QUOTA));
    assertThat(log).doesNotContain("\ufffd");
    assertThat(all).startsWith(head).endsWith(tail);
    assertThat(bytes(head) + lost + bytes(tail)).isEqualTo(bytes(all));
    assertThat(bytes(head)).isBetween(QUOTA / 2 - 1_000, QUOTA / 2);
    assertThat(bytes(tail)).isBetween(QUOTA / 4 - 1_000, QUOTA / 4);
    assertThat(all.substring(0, all.length() - tail.length())).endsWith("\n");
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void losesNothingWhenTheAvatarDies(int seed) throws IOException {
    Random random = new Random(seed);
    byte[] text = text(random, 600 + random.nextInt(2_000));
    Path file = temp.resolve("attempt.log");
    Path other = temp.resolve("other.log");
    try (var store = LogStore.open(file, 0, QUOTA);
        var dying = LogStore.open(other, 0, QUOTA)) {
      store.append(text);
      dying.append(text);
      store.joinTail();
    }

    LogStore.open(other, 0, QUOTA).close();

    assertThat(Files.readString(other)).isEqualTo(Files.readString(file));
    try (var files = Files.list(temp)) {
      assertThat(files).containsExactlyInAnyOrder(file, other);
    }
  }

  @Test
  void joinsATailOnceWheneverTheAvatarDies() throws IOException {
    Path file = temp.resolve("attempt.log");
    byte[] text = text(new Random(7), 3_000);
    try (var store = LogStore.open(file, 0, QUOTA)) {
      store.append(text);
    }
    Path tail = temp.resolve("attempt.log.tail");
    byte[] head = Files.readAllBytes(file);
    Files.writeString(file, "half of the gap's li", StandardOpenOption.APPEND);

    LogStore.open(file, head.length, QUOTA).close();
    String joined = Files.readString(file);
    Files.createDirectory(tail.resolveSibling("attempt.log.tail.joined"));
    Files.writeString(tail.resolveSibling("attempt.log.tail.joined/1-1"), "was joined");
    LogStore.open(file, head.length, QUOTA).close();

    verifyKept(joined, new String(text, UTF_8));
    assertThat(file).hasContent(joined);
    assertThat(tail.resolveSibling("attempt.log.tail.joined")).doesNotExist();
  }

  @Test
  void goesOnBehindTheTail() throws IOException {
    Path file = temp.resolve("attempt.log");
    try (var store = LogStore.open(file, 0, QUOTA)) {
      store.append("first\n".repeat(2_000).getBytes(UTF_8));
      store.joinTail();
      store.joinTail();
      String joined = Files.readString(file);

      store.append("last\n".getBytes(UTF_8));

      assertThat(file).hasContent(joined + "last\n");
      assertThat(store.length()).isEqualTo(Files.size(file));
    }
  }

  /** Each cut leaves less space, but never none. */
  @Test
  void isCutAgainAndAgain() throws IOException {
    Path file = temp.resolve("attempt.log");
    for (int run = 0; run < 40; run++) {
      try (var store = run == 0 ? LogStore.open(file, 0, QUOTA) : reopened(file)) {
        store.append(("run " + run + "\n").repeat(2_000).getBytes(UTF_8));
        assertThat(diskUse()).isLessThanOrEqualTo(QUOTA);
      }
    }

    reopened(file).close();

    assertThat(diskUse()).isLessThanOrEqualTo(QUOTA);
    assertThat(Files.readString(file)).contains("run 0\n", "run 1\n", "run 2\n");
  }

  private static LogStore reopened(Path file) throws IOException {
    return LogStore.open(file, Files.size(file), QUOTA);
  }

  /**
   * The tail cannot be read before it is joined, because its offset in the log is not known yet.
   */
  @Test
  void givesOutTheTailOnlyWhenItIsJoined() {
    try (var log = log(QUOTA)) {
      print(log, "first\n".repeat(2_000).getBytes(UTF_8));
      long head = log.length();

      log.joinTail();

      assertThat(head).isLessThanOrEqualTo(QUOTA / 2);
      LogChunk rest = log.read(head, log.length(), QUOTA);
      assertThat(rest.text()).startsWith("[").endsWith("]\n" + lines(rest) + "| first\n");
      assertThat(rest.end()).isEqualTo(log.length());
    }
  }

  private static String lines(LogChunk rest) {
    return "| first\n".repeat((int) rest.text().lines().count() - 2);
  }

  /**
   * The text has no line breaks, and many bytes that are not UTF-8. The log keeps its beginning and
   * its end unchanged.
   */
  @Test
  void boundsALineOfThreeHundredMegabytes() throws IOException {
    var unit = new ByteArrayOutputStream();
    unit.writeBytes("0123456789 é€🙂".repeat(40).getBytes(UTF_8));
    unit.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) 0x82});
    byte[] printed = repeated(unit.toByteArray(), 50);
    String text = new String(unit.toByteArray(), UTF_8);
    int rounds = 300_000_000 / printed.length;
    long quota = 4 << 20;

    try (var log = log(quota)) {
      try (var output = log.commandOutput(piece -> {})) {
        for (int i = 0; i < rounds; i++) {
          output.write(printed, 0, 4_999);
          output.write(printed, 4_999, printed.length - 4_999);
        }
      }
      log.joinTail();
    }

    String kept = Files.readString(temp.resolve("attempt.log"));
    var gap = GAP.matcher(kept);
    assertThat(gap.find()).isTrue();
    assertThat(text.repeat(3_000)).startsWith(kept.substring(2, gap.start() - 1));
    assertThat(kept).startsWith("| ");
    assertThat(kept.substring(gap.end())).as("the rest of the line").startsWith("| ");
    assertThat(text.repeat(3_000)).endsWith(kept.substring(gap.end() + 2));
    long all = 2 + (long) bytes(text) * 50 * rounds;
    assertThat(bytes(kept) - bytes("\n| " + gap.group()) + Long.parseLong(gap.group(1)))
        .isEqualTo(all);
    assertThat(diskUse()).isBetween(quota / 2 + quota / 8, quota);
  }

  private static byte[] repeated(byte[] unit, int times) {
    var all = new byte[unit.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(unit, 0, all, i * unit.length, unit.length);
    }
    return all;
  }

  @Test
  void goesOnAtAWholeCharacterWhenADiskHasRoomAgain() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(mount(disk), "a small disk can be mounted by root only");
    try {
      byte[] line = "é€🙂".repeat(1_000).getBytes(UTF_8);
      Path ballast = Files.write(disk.resolve("ballast"), new byte[60_000]);
      Path file = disk.resolve("attempt.log");
      try (var log = RunLog.open(file, 0, 200_000, nothing(), Clock.systemUTC(), text -> {})) {
        assertThatThrownBy(() -> fill(log, line))
            .isInstanceOf(PortException.class)
            .hasMessageContaining("could not write the task's log");
        long full = log.length();
        Files.delete(ballast);

        print(log, "on\n".getBytes(UTF_8));

        assertThat(log.length()).isEqualTo(full + "\n| on\n".length());
        assertThat((full - 2) % line.length).isZero();
        String kept = new String(line, UTF_8).repeat((int) full / line.length);
        assertThat(file).hasContent("| " + kept + "\n| on\n");
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void fill(RunLog log, byte[] line) {
    try (var output = log.commandOutput(piece -> {})) {
      for (int i = 0; i < 100; i++) {
        output.write(line, 0, line.length);
      }
    }
  }

  @Test
  void keepsATailConsistentWhenADiskIsFull() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(mount(disk), "a small disk can be mounted by root only");
    try {
      Path file = disk.resolve("attempt.log");
      byte[] line = "é€🙂\n".getBytes(UTF_8);
      var all = new ArrayList<byte[]>();
      // The quota is as large as the disk, so there is no space to join the tail.
      try (var store = LogStore.open(file, 0, 128 << 10)) {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[24 << 10]);
        for (int i = 0; i < 20_000; i++) {
          store.append(line);
          all.add(line);
        }
        long head = store.length();
        assertThatThrownBy(store::joinTail).isInstanceOf(IOException.class);
        assertThat(store.length()).isEqualTo(head);

        store.append("and on\n".getBytes(UTF_8));
        Files.delete(ballast);
        store.joinTail();

        assertThat(store.length()).isEqualTo(Files.size(file));
      }
      String kept = Files.readString(file);
      var gap = GAP.matcher(kept);
      assertThat(gap.find()).isTrue();
      String unit = new String(line, UTF_8);
      assertThat(kept.substring(0, gap.start())).matches("(" + unit + ")+");
      assertThat(kept.substring(gap.end())).matches("(" + unit + ")+and on\n");
      long present = bytes(kept) - bytes(gap.group()) + Long.parseLong(gap.group(1));
      assertThat(present).isEqualTo((long) all.size() * line.length + 7);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static boolean mount(Path folder) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder.toString()) == 0;
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  private RunLog log(long quota) {
    return RunLog.open(
        temp.resolve("attempt.log"), 0, quota, nothing(), Clock.systemUTC(), text -> {});
  }

  private static Redactor nothing() {
    return Redactor.of(List.of());
  }

  private static void print(RunLog log, byte[] bytes) {
    try (var output = log.commandOutput(piece -> {})) {
      output.write(bytes, 0, bytes.length);
    }
  }

  private static byte[] text(Random random, int parts) {
    var text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString().getBytes(UTF_8);
  }

  private long diskUse() throws IOException {
    try (var files = Files.walk(temp)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
