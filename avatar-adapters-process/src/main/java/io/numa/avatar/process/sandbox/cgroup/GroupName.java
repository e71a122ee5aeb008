package io.numa.avatar.process.sandbox.cgroup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a sandbox's group.
 *
 * @param avatar the process that made it
 * @param mark tells the groups of that process apart
 */
record GroupName(long avatar, String mark) {
  private static final Pattern TEXT = Pattern.compile("sandbox-(\\d{1,10})-([0-9a-f]{1,12})");

  /** A new one of this process. */
  static GroupName own() {
    String mark = UUID.randomUUID().toString().substring(24);
    return new GroupName(ProcessHandle.current().pid(), mark);
  }

  static Optional<GroupName> of(Path group) {
    Matcher matcher = TEXT.matcher(group.getFileName().toString());
    return matcher.matches()
        ? Optional.of(new GroupName(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  String text() {
    return "sandbox-" + avatar + "-" + mark;
  }

  /** Whether the avatar that made it has ended. */
  boolean isAbandoned() {
    return ProcessHandle.of(avatar).isEmpty();
  }
}
