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
 * A word that stands in the command lines of some processes and of no others, so that they can be
 * found by other means than those under test: by {@code /proc/<pid>/cmdline}.
 */
final class Marker {
  private static final int STEADY_LOOKS = 5;

  /** A number of hours, so that {@code sleep} takes it for its argument. */
  private final String word =
      "5.%sh".formatted(Integer.toUnsignedString(UUID.randomUUID().hashCode()));

  String word() {
    return word;
  }

  /** The processes that bear it, and live, zombies left out. */
  List<ProcessHandle> bearers() {
    var found = new ArrayList<ProcessHandle>();
    for (long pid : numbers()) {
      if (bears(pid)) {
        ProcessHandle.of(pid).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The highest first, as it may be gone in a moment. */
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
   * Waits until at least {@code count} bear it, and says whether they did within {@code limit}.
   * Several looks in a row must find them: on their way to their last program, processes bear it
   * too, now and then.
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

  /** Waits until none bears it, and says whether none did within {@code limit}. */
  boolean awaitNone(Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    while (!bearers().isEmpty() && !deadline.passed()) {
      Deadline.pause();
    }
    return bearers().isEmpty();
  }

  /** Whether any is found in some looks; one that keeps moving on takes many. */
  boolean isBorne(int looks) throws InterruptedException {
    for (int look = 0; look < looks; look++) {
      if (!bearers().isEmpty()) {
        return true;
      }
      Deadline.pause();
    }
    return false;
  }

  /** Ends all processes with the mark, so that a test leaves nothing. */
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
    try {
      // A zombie's is empty.
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), ISO_8859_1)
          .contains(word);
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }
}
