package io.numa.avatar.process.sandbox.watch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends processes whose folders become too large. One thread measures for all of them, and only
 * while the disk loses space or a minute has passed, as that may take seconds. Safe for use by
 * several threads.
 */
public final class SizeWatch {
  private static final Logger log = LoggerFactory.getLogger(SizeWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A loss of this part of the limit is a reason to measure. */
  private static final int PART = 10;

  /** Measuring takes one twentieth of the time at most. */
  private static final int SHARE = 20;

  private static final int REMEMBERED = 100;

  private final ScheduledExecutorService timer = Timers.daemon("avatar-sandbox-sizes");
  private final long most;

  /**
   * Where folders are, those asked for last. A disk is asked by the folder's path each time, but to
   * find it takes a look at all that is mounted.
   */
  private final Map<Path, FileStore> disks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, FileStore> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param most bytes that watched folders may take
   */
  public SizeWatch(long most) {
    this.most = most;
  }

  /**
   * Folders that a process fills, and that are measured together.
   *
   * @param name for people, with its verb: "its tree is"
   * @param ended runs when the process was ended because these folders are too large
   */
  public record Watched(String name, List<Path> folders, Cleaning ended) {
    public Watched {
      folders = List.copyOf(folders);
    }
  }

  /**
   * A process that can be ended.
   *
   * @param exit completes when it has exited
   * @param end ends it; gets the reason; may be called more than once
   */
  public record Ending(CompletionStage<?> exit, Consumer<String> end) {}

  /** What is to be done about folders that are too large. */
  public interface Cleaning {
    void run() throws IOException;
  }

  /**
   * Watches the folders of a process until it exits.
   *
   * @param parts on one disk, each with at least one folder
   */
  public void begin(List<Watched> parts, Ending process) {
    long pause = INTERVAL.toMillis();
    Future<?> looks =
        timer.scheduleWithFixedDelay(new Looks(parts, process.end()), pause, pause, MILLISECONDS);
    process.exit().whenComplete((any, failure) -> looks.cancel(false));
  }

  private FileStore disk(Path folder) throws IOException {
    synchronized (disks) {
      FileStore disk = disks.get(folder);
      if (disk == null) {
        disk = Files.getFileStore(folder);
        disks.put(folder, disk);
      }
      return disk;
    }
  }

  /** The looks at the folders of one process. */
  private final class Looks implements Runnable {
    private final List<Watched> parts;
    private final Consumer<String> end;
    private final long first;

    /** The most free space since the last measuring. */
    private long usable;

    private long measured = TimeSource.SYSTEM.nanoTime();
    private Duration rest = Duration.ZERO;

    Looks(List<Watched> parts, Consumer<String> end) {
      this.parts = List.copyOf(parts);
      this.end = end;
      this.first = usableNow();
      this.usable = first;
    }

    private Path tree() {
      return parts.get(0).folders().get(0);
    }

    /** As before if the disk does not tell it, such as when the tree is gone. */
    private long usableNow() {
      try {
        return disk(tree()).getUsableSpace();
      } catch (IOException e) {
        return usable;
      }
    }

    @Override
    public void run() {
      try {
        long now = usableNow();
        usable = Math.max(usable, now);
        if (isDue(usable - now)) {
          measure(now);
        }
      } catch (RuntimeException e) {
        log.warn("Could not watch '{}': {}", tree(), e.toString());
      }
    }

    private boolean isDue(long lost) {
      Duration since = TimeSource.SYSTEM.since(measured);
      boolean rested = since.compareTo(rest) >= 0;
      boolean reason = lost > most / PART || since.compareTo(LONGEST_PAUSE) >= 0;
      return lost > most || (rested && reason);
    }

    private void measure(long now) {
      long start = TimeSource.SYSTEM.nanoTime();
      parts.stream().filter(part -> size(part, now) > most).findFirst().ifPresent(this::end);
      usable = now;
      measured = TimeSource.SYSTEM.nanoTime();
      rest = TimeSource.SYSTEM.since(start).multipliedBy(SHARE);
    }

    private void end(Watched tooLarge) {
      end.accept(tooLarge.name() + " larger than " + SizeText.of(most) + " (sandbox.limits.tree)");
      try {
        tooLarge.ended().run();
      } catch (IOException e) {
        log.warn("Could not empty '{}': {}", tooLarge.folders(), e.toString());
      }
    }

    /** What a process keeps from being read is taken for all that the disk lost meanwhile. */
    private long size(Watched part, long now) {
      long bytes = 0;
      boolean complete = true;
      try {
        for (Path folder : part.folders()) {
          FolderSize size = FolderSize.of(folder, most);
          bytes += size.bytes();
          complete &= size.complete();
        }
      } catch (IOException e) {
        log.debug("Could not measure '{}': {}", part.folders(), e.toString());
      }
      return complete ? bytes : bytes + Math.max(0, first - now);
    }
  }
}
