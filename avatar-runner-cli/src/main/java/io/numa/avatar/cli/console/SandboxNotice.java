package io.numa.avatar.cli.console;

import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.text.SandboxText;
import io.numa.avatar.task.RepositoryUrl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people are told of sandboxes before one holds anything. */
public final class SandboxNotice {
  /**
   * What the log names, but no note: few machines give the limits, and a sandbox without the way
   * out holds no less.
   */
  private static final Set<String> NO_NOTE = Set.of("memory", "process_count", "egress");

  private SandboxNotice() {}

  /** The line at the start of {@code run}: what each kind of work gets, and what does not run. */
  public static String atStart(Sandboxes sandboxes) {
    Map<String, List<WorkKind>> kinds = new LinkedHashMap<>();
    for (WorkKind kind : WorkKind.values()) {
      SandboxLevel level = sandboxes.level(kind, Optional.empty());
      String text =
          level
              .problem()
              .map(problem -> "left to other avatars, as " + problem)
              .orElseGet(() -> SandboxText.of(level.report()));
      kinds.computeIfAbsent(text, any -> new ArrayList<>()).add(kind);
    }
    return kinds.entrySet().stream()
        .map(entry -> words(entry.getValue()) + ": " + entry.getKey())
        .collect(Collectors.joining("; ", "sandbox of ", ""));
  }

  private static String words(Collection<WorkKind> kinds) {
    return kinds.stream().map(WorkKind::word).collect(Collectors.joining(", "));
  }

  /** A note for each sandbox that holds less than its profile says, for work on a repository. */
  public static List<String> weaker(Sandboxes sandboxes, RepositoryUrl repository) {
    return Arrays.stream(WorkKind.values())
        .map(kind -> sandboxes.level(kind, Optional.of(repository)))
        .filter(level -> level.problem().isEmpty())
        .map(SandboxLevel::report)
        .filter(report -> !NO_NOTE.containsAll(report.lacks()))
        .map(
            report ->
                "the sandbox holds less than it should: "
                    + SandboxText.of(report)
                    + "; 'avatar doctor' says why")
        .distinct()
        .toList();
  }
}
