package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A word in the command lines of the test's processes only. It finds them in another way than the
 * tested code does: by {@code /proc/<pid>/cmdline}.
 */
final class Marker {
  private static final int STEADY_LOOKS = 5;

  /** A number of hours, so that {@code sleep} takes it for its argument. */
  private final String word =
      "5.%sh".formatted(Integer.toUnsignedString(UUID.randomUUID().hashCode()));

  String word() {
    return word;
  }

  /** The running processes that have the mark, without zombies. */
  List<ProcessHandle> bearers() {
    var found = new ArrayList<ProcessHandle>();
    for (long pid : numbers()) {
      if (bears(pid)) {
        ProcessHandle.of(pid).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The process numbers, the highest first, as the newest process may end soon. */
  private static List<Long> numbers() {
    var numbers = new ArrayList<Long>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      processes.forEach(process -> numbers.add(Long.valueOf(process.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    numbers.sort(Comparator.reverseOrder());
    return numbers;
  }

  /**
   * Waits until at least {@code count} processes have the mark, and says whether that came within
   * {@code limit}. Several searches in a row must find them, as other processes may have the mark
   * for a moment before they execute their last program.
   */
  boolean awaitAtLeast(int count, Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    for (int looks = 0; looks < STEADY_LOOKS; looks++) {
      while (bearers().size() < count) {
        if (deadline.passed()) {
          return false;
        }
        looks = 0;
        Deadline.pause();
      }
      Deadline.pause();
    }
    return true;
  }

  /**
   * Waits until {@code count} processes execute {@code sleep} with the mark, and says whether that
   * came within {@code limit}. A shell that has yet to start them has the mark, too.
   */
  boolean awaitSleeping(int count, Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    while (bearers().stream().filter(this::sleeps).count() < count && !deadline.passed()) {
      Deadline.pause();
    }
    return bearers().stream().filter(this::sleeps).count() >= count;
  }

  private boolean sleeps(ProcessHandle process) {
    return commandLine(process.pid()).equals("sleep\0" + word + "\0");
  }

  /** Waits until no process has the mark, and says whether that came within {@code limit}. */
  boolean awaitNone(Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    while (!bearers().isEmpty() && !deadline.passed()) {
      Deadline.pause();
    }
    return bearers().isEmpty();
  }

  /**
   * Whether one of {@code looks} searches finds a process. A process that keeps forking needs many
   * searches.
   */
  boolean isBorne(int looks) throws InterruptedException {
    for (int look = 0; look < looks; look++) {
      if (!bearers().isEmpty()) {
        return true;
      }
      Deadline.pause();
    }
    return false;
  }

  /** Kills all processes with the mark, so that a test leaves none. */
  void killBearers(int cleanLooks) throws InterruptedException {
    for (int clean = 0; clean < cleanLooks; clean++) {
      for (ProcessHandle process : bearers()) {
        process.destroyForcibly();
        clean = 0;
      }
      Deadline.pause();
    }
  }

  private boolean bears(long pid) {
    return commandLine(pid).contains(word);
  }

  /** Empty for a zombie, and for a process that has ended. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
