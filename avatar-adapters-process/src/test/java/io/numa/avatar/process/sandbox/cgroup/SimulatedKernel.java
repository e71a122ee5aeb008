package io.numa.avatar.process.sandbox.cgroup;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Control groups in memory, by the kernel's rules and under its names of files. */
final class SimulatedKernel implements GroupFiles {
  private static final String ENABLED = "cgroup.subtree_control";

  /** By their folders. */
  private final Map<Path, Group> groups = new TreeMap<>();

  final Set<Path> readOnly = new HashSet<>();
  final Set<Path> marked = new HashSet<>();

  private final Path top;

  private static final class Group {
    final Set<Long> processes = new TreeSet<>();
    final Set<String> offered = new TreeSet<>();
    final Set<String> enabled = new TreeSet<>();
    final Map<String, String> files = new HashMap<>();

    void offer(String controller, boolean on) {
      List<String> names =
          switch (controller) {
            case "memory" -> List.of("memory.max", "memory.oom.group");
            case "pids" -> List.of("pids.max");
            default -> List.of();
          };
      if (on) {
        offered.add(controller);
        names.forEach(name -> files.put(name, "max"));
      } else {
        offered.remove(controller);
        files.keySet().removeAll(names);
      }
    }
  }

  /**
   * @param top the machine's topmost group, which offers all controllers
   */
  SimulatedKernel(Path top) {
    this.top = top;
    var group = new Group();
    group.offered.addAll(Set.of("cpu", "memory", "pids"));
    group.enabled.addAll(group.offered);
    groups.put(top, group);
  }

  /** Adds a group with processes. */
  Path add(Path folder, Long... processes) throws IOException {
    make(folder);
    groups.get(folder).processes.addAll(List.of(processes));
    return folder;
  }

  Set<Long> processes(Path folder) {
    return groups.get(folder).processes;
  }

  /** All that can be seen, to compare it. */
  String state() {
    return groups.entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + " "
                    + entry.getValue().processes
                    + entry.getValue().enabled
                    + new TreeMap<>(entry.getValue().files))
        .collect(joining("\n"));
  }

  @Override
  public String read(Path file) throws IOException {
    Group group = group(file);
    return switch (file.getFileName().toString()) {
      case "cgroup.procs" -> lines(group.processes);
      case "cgroup.controllers" -> String.join(" ", group.offered) + "\n";
      case ENABLED -> String.join(" ", group.enabled) + "\n";
      default -> other(group, file);
    };
  }

  private static String lines(Set<Long> processes) {
    return processes.stream().map(process -> process + "\n").collect(joining());
  }

  private static String other(Group group, Path file) throws NoSuchFileException {
    String text = group.files.get(file.getFileName().toString());
    if (text == null) {
      throw new NoSuchFileException(file.toString());
    }
    return text;
  }

  private Group group(Path file) throws NoSuchFileException {
    Group group = groups.get(file.getParent());
    if (group == null) {
      throw new NoSuchFileException(file.toString());
    }
    return group;
  }

  @Override
  public void write(Path file, String text) throws IOException {
    if (readOnly.contains(file.getParent())) {
      throw new AccessDeniedException(file.toString());
    }
    Group group = group(file);
    switch (file.getFileName().toString()) {
      case "cgroup.procs" -> join(file.getParent(), Long.parseLong(text));
      case ENABLED -> List.of(text.split(" ")).forEach(change -> enable(file, group, change));
      case "cgroup.kill" -> group.processes.clear();
      default -> {
        String ignored = other(group, file);
        group.files.put(file.getFileName().toString(), text);
      }
    }
  }

  private void join(Path folder, long process) throws IOException {
    Group group = groups.get(folder);
    if (!group.enabled.isEmpty() && !folder.equals(top)) {
      throw new IOException("Device or resource busy");
    }
    groups.values().forEach(other -> other.processes.remove(process));
    group.processes.add(process);
  }

  private void enable(Path file, Group group, String change) {
    String name = change.substring(1);
    boolean on = change.startsWith("+");
    if (!group.offered.contains(name) || (on && !group.processes.isEmpty())) {
      throw new IllegalStateException("the kernel refuses " + change + " in " + file);
    }
    if (on) {
      group.enabled.add(name);
    } else {
      group.enabled.remove(name);
    }
    children(file.getParent()).forEach(child -> groups.get(child).offer(name, on));
  }

  @Override
  public void make(Path folder) throws IOException {
    if (groups.containsKey(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    Path parent = folder.getParent();
    if (readOnly.contains(parent)) {
      throw new AccessDeniedException(folder.toString());
    }
    var group = new Group();
    group.files.put("cgroup.events", "populated 0\n");
    groups.get(parent).enabled.forEach(name -> group.offer(name, true));
    groups.put(folder, group);
  }

  @Override
  public void remove(Path folder) throws IOException {
    if (!groups.get(folder).processes.isEmpty() || !children(folder).isEmpty()) {
      throw new IOException("Device or resource busy");
    }
    groups.remove(folder);
  }

  @Override
  public List<Path> children(Path folder) {
    return groups.keySet().stream().filter(child -> folder.equals(child.getParent())).toList();
  }

  @Override
  public boolean marked(Path group) {
    return marked.contains(group);
  }
}
