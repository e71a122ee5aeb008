package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Touched;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Workspace;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the steps of a plan may do to files, in a random order. */
final class RandomChange {
  private final Path root;
  private final Choices choices;

  RandomChange(Path root, Choices choices) {
    this.root = root;
    this.choices = choices;
  }

  /** Says where. */
  Touched happen(Path scratch) throws IOException {
    Touched touched = Touched.NOWHERE;
    int changes = 1 + choices.below(3);
    for (int i = 0; i < changes; i++) {
      try (Change change = Workspace.of(root, scratch).begin()) {
        for (int step = choices.below(4); step >= 0; step--) {
          attempt(change);
        }
        change.keep();
        touched = touched.and(change.paths());
      }
    }
    return touched;
  }

  private void attempt(Change change) throws IOException {
    try {
      perform(change, any(), choices.once(3) ? fresh() : any());
    } catch (WorkspaceException e) {
      // Not every one fits.
    }
  }

  private void perform(Change change, WorkspacePath path, WorkspacePath other) throws IOException {
    Optional<Entry> there = change.tree().find(path);
    switch (choices.below(6)) {
      case 0 -> change.put(other, change.draft(choices.bytes(choices.below(50))), choices.once(3));
      case 1 -> change.link(other, "where/ever".getBytes(UTF_8));
      case 2 -> change.remove(path);
      case 3 -> {
        if (there.isPresent() && change.tree().find(other).isEmpty() && !isBeneath(other, path)) {
          change.move(path, other);
        }
      }
      case 4 -> {
        if (there.isPresent() && change.tree().find(other).isEmpty() && !isBeneath(other, path)) {
          change.copy(path, other);
        }
      }
      default -> {
        if (there.filter(Entry::isFile).isPresent()) {
          change.setExecutable(path, choices.once(2));
        }
      }
    }
  }

  private static boolean isBeneath(WorkspacePath path, WorkspacePath folder) {
    return path.value().startsWith(folder.value() + "/");
  }

  private WorkspacePath any() throws IOException {
    try (var files = Files.walk(root)) {
      List<Path> all = files.filter(file -> !file.equals(root)).sorted().toList();
      return all.isEmpty() ? new WorkspacePath("first") : path(root.relativize(choices.of(all)));
    }
  }

  private WorkspacePath fresh() throws IOException {
    String name = "fresh" + choices.below(1000) + (choices.once(2) ? "/deep" : "");
    String beside = any().value();
    return WorkspacePath.ofGit(
        WorkspacePath.encode(beside.substring(0, beside.lastIndexOf('/') + 1) + name));
  }

  private static WorkspacePath path(Path relative) {
    return WorkspacePath.ofGit(FileNames.bytes(relative));
  }
}
