package io.numa.avatar.process.sandbox.cgroup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a control group that the machine left to this avatar, so that groups of sandboxes can be
 * made in it. The kernel limits no group that has both processes and groups in it, so the avatar
 * itself moves to a group below. Processes that are not the avatar's stay where they are.
 *
 * @param own the avatar and the processes that it started
 * @param byRoot whether the avatar may write to all groups, whether or not they were left to it
 */
record Delegation(GroupFiles files, Set<Long> own, boolean byRoot) {
  /** The group of the avatar itself. */
  static final String AVATAR = "avatar";

  static final String PROCESSES = "cgroup.procs";

  private static final String ENABLED = "cgroup.subtree_control";
  private static final Set<String> NEEDED = Set.of("memory", "pids");
  private static final int ROUNDS = 10;

  Delegation {
    own = Set.copyOf(own);
  }

  /** Shows that groups in a group limit processes. */
  interface Trial {
    /**
     * Shows it for a group.
     *
     * @throws IOException if they do not; the message tells why
     */
    void run(Path group) throws IOException;
  }

  /**
   * Takes the group of this process, or the one above if the avatar has moved before.
   *
   * @return the folder for groups of sandboxes
   * @throws IOException if that is not possible; the message tells why, and all is as it was
   */
  Path take(Place place, Trial trial) throws IOException {
    if (place.isNamed(AVATAR) && place.above().isPresent()) {
      try {
        return takeEmpty(place.above().get(), trial);
      } catch (IOException e) {
        return takeOwn(place, trial); // the name is by chance
      }
    }
    return takeOwn(place, trial);
  }

  private Path takeEmpty(Place place, Trial trial) throws IOException {
    requireLeft(place);
    requireNoStrangers(place.folder());
    divide(place.folder(), trial);
    return place.folder();
  }

  private Path takeOwn(Place place, Trial trial) throws IOException {
    requireLeft(place);
    requireNoStrangers(place.folder());
    Path avatar = place.folder().resolve(AVATAR);
    boolean made = make(avatar);
    try {
      moveAll(place.folder(), avatar);
      divide(place.folder(), trial);
    } catch (IOException e) {
      undo(place.folder(), avatar, made, e);
      throw e;
    }
    return place.folder();
  }

  private void requireLeft(Place place) throws IOException {
    Set<String> offered = words(place.folder().resolve("cgroup.controllers"));
    if (!offered.containsAll(NEEDED)) {
      throw new IOException("the avatar's group has no control of memory and pids");
    }
    if (isMachines(place.folder()) || (byRoot && !place.isTop() && !files.marked(place.folder()))) {
      throw new IOException(
          "the avatar's group was not left to it; systemd does with Delegate=yes");
    }
  }

  /** All groups but the machine's topmost one have this file. */
  private boolean isMachines(Path group) {
    try {
      files.read(group.resolve("cgroup.events"));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void requireNoStrangers(Path group) throws IOException {
    if (!own.containsAll(processes(group))) {
      throw new IOException("other processes are in the avatar's group");
    }
  }

  private boolean make(Path group) throws IOException {
    try {
      files.make(group);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Moves all processes, also those that are started meanwhile. */
  private void moveAll(Path from, Path to) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      List<Long> left = processes(from);
      if (left.isEmpty()) {
        return;
      }
      for (long process : left) {
        moveOne(process, to);
      }
    }
    throw new IOException("the avatar's processes could not be moved to '" + to + "'");
  }

  /** A process that has ended meanwhile cannot be moved. */
  private void moveOne(long process, Path to) throws IOException {
    try {
      files.write(to.resolve(PROCESSES), Long.toString(process));
    } catch (IOException e) {
      if (process == ProcessHandle.current().pid()) {
        throw e;
      }
    }
  }

  /** Lets groups limit processes, and tries it; if that fails, they do not. */
  private void divide(Path group, Trial trial) throws IOException {
    Path enabled = group.resolve(ENABLED);
    var missing = new ArrayList<>(NEEDED);
    missing.removeAll(words(enabled));
    try {
      if (!missing.isEmpty()) {
        files.write(enabled, signed("+", missing));
      }
      trial.run(group);
    } catch (IOException e) {
      if (!missing.isEmpty()) {
        afterwards(e, () -> files.write(enabled, signed("-", missing)));
      }
      throw e;
    }
  }

  private static String signed(String sign, List<String> names) {
    return names.stream().sorted().map(name -> sign + name).collect(Collectors.joining(" "));
  }

  private void undo(Path group, Path avatar, boolean made, IOException reason) {
    if (made) {
      afterwards(reason, () -> moveAll(avatar, group));
      afterwards(reason, () -> files.remove(avatar));
    } else {
      // Others may be there already.
      own.forEach(process -> afterwards(reason, () -> moveOne(process, group)));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void afterwards(IOException reason, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private List<Long> processes(Path group) throws IOException {
    return files.read(group.resolve(PROCESSES)).lines().map(Long::valueOf).toList();
  }

  private Set<String> words(Path file) throws IOException {
    return Stream.of(files.read(file).strip().split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
