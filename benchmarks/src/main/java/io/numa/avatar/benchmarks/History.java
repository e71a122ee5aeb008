package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.CommitId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the changes of a repository's history. */
final class History {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
  private static final Pattern IDS = Pattern.compile("([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)");
  private static final String FORMAT = "--format=%H %P %T";

  private final NativeGit git;

  History(NativeGit git) {
    this.git = git;
  }

  /** All commits with exactly one parent that lead to {@code tip}, oldest first. */
  List<Change> upTo(String tip) throws IOException, InterruptedException {
    return changes(
        git.text(
            "log", "--topo-order", "--reverse", "--min-parents=1", "--max-parents=1", FORMAT, tip));
  }

  /** The commits of a list, one id in each line, in that order. */
  List<Change> listed(Path list) throws IOException, InterruptedException {
    List<Change> changes = new ArrayList<>();
    for (String commit : Files.readAllLines(list)) {
      if (!commit.isBlank()) {
        changes.addAll(changes(git.text("log", "--no-walk", FORMAT, commit.strip())));
      }
    }
    return changes;
  }

  private static List<Change> changes(String log) {
    List<Change> changes = new ArrayList<>();
    for (String line : log.lines().toList()) {
      Matcher ids = IDS.matcher(line);
      if (!ids.matches()) {
        throw new IllegalArgumentException("not a commit with one parent: '" + line + "'");
      }
      var commit = new CommitId(ids.group(1));
      changes.add(new Change(commit, new CommitId(ids.group(2)), ids.group(3), Map.of()));
    }
    return changes;
  }

  /**
   * Finds the traits of each change's diff. Leaves out commits that cannot be read because the
   * repository lacks an object, and commits that change nothing.
   *
   * @param scratch a folder for a list of commits
   */
  List<Change> survey(List<Change> changes, Path scratch) throws IOException, InterruptedException {
    Map<String, Map<Trait, Integer>> traits = new HashMap<>();
    List<String> rest = new ArrayList<>();
    changes.forEach(change -> rest.add(change.commit().value()));
    while (!rest.isEmpty()) {
      Path list = Files.write(scratch.resolve("survey"), rest, UTF_8);
      var reading = new Reading(traits);
      var answer =
          git.stream(
              list,
              reading::read,
              "diff-tree",
              "--stdin",
              "-r",
              "-p",
              "-M",
              "-C",
              "--full-index",
              "--ignore-submodules=none",
              "--no-color",
              "--always");
      if (answer.succeeded()) {
        break;
      }
      // Git may have failed at the commit that it printed last, or before it printed the next one.
      traits.remove(reading.last);
      int suspect = Math.max(rest.indexOf(reading.last), 0);
      rest.subList(0, Math.max(suspect, 1)).clear();
    }
    return changes.stream()
        .filter(change -> traits.containsKey(change.commit().value()))
        .map(change -> change.with(traits.getOrDefault(change.commit().value(), Map.of())))
        .filter(change -> change.shows(Trait.FILE))
        .toList();
  }

  /** The output of {@code git diff-tree --stdin}: a commit's id, its diff, the next one's id. */
  private static final class Reading {
    private final Map<String, Map<Trait, Integer>> traits;
    private final DiffScanner scanner = new DiffScanner();
    private String last = "";

    Reading(Map<String, Map<Trait, Integer>> traits) {
      this.traits = traits;
    }

    void read(InputStream output) throws IOException {
      var line = new ByteArrayOutputStream();
      for (int next = output.read(); next >= 0; next = output.read()) {
        if (next == '\n') {
          take(line.toByteArray());
          line.reset();
        } else {
          line.write(next);
        }
      }
      finish();
    }

    private void take(byte[] line) {
      String text = line.length <= 64 ? new String(line, ISO_8859_1) : "";
      if (COMMIT.matcher(text).matches()) {
        finish();
        last = text;
      } else {
        scanner.line(line);
      }
    }

    private void finish() {
      var found = scanner.finish();
      if (!last.isEmpty()) {
        traits.put(last, found);
      }
    }
  }
}
