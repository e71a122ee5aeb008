package io.numa.avatar.backend.project;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.DetectedTests;
import io.numa.avatar.port.TestDetection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises the build tools of many languages by their files.
 *
 * <p>The top folder decides. If it has no tests, the projects in the subfolders that the change
 * touches are tested, or all of them if it touches none. The answer depends on the files and the
 * change only, not on the programs that are installed: a missing program is reported when it does
 * not start.
 */
public final class BuildFileTestDetection implements TestDetection {
  @Override
  public DetectedTests detect(Path root, List<WorkspacePath> changed) {
    ProjectFolder top = ProjectFolder.rootOf(root);
    Optional<Project> project = Project.in(top);
    if (project.isPresent()) {
      return project.get().detected();
    }
    return NestedProjects.in(top)
        .choose(changed)
        .or(() -> Project.by(TestRules.SCATTERED, top).map(Project::detected))
        .orElseGet(() -> DetectedTests.none(lookedFor(top)));
  }

  private static String lookedFor(ProjectFolder top) {
    String kinds =
        TestRules.RULES.stream()
            .map(TestRule::ecosystem)
            .distinct()
            .collect(Collectors.joining(", "));
    String hints = hints(top).map(hint -> "; " + hint).collect(Collectors.joining());
    return "looked for "
        + kinds
        + (top.tree().isWhole() ? "" : " in the first " + ProjectTree.MAX_ENTRIES + " files")
        + hints;
  }

  /** What looks like tests and is none. */
  private static Stream<String> hints(ProjectFolder top) {
    return Stream.of(
            hint(top.has("package.json"), "package.json has no script test that tests"),
            hint(top.has("CMakeLists.txt"), "CMakeLists.txt declares no tests"),
            hint(top.has("meson.build"), "meson.build declares no tests"),
            hint(
                Makefile.in(top).has("test") || Makefile.in(top).has("check"),
                "the makefile's target only shows something"),
            hint(
                top.hasAny("configure.ac", "configure.in") && !top.has("configure"),
                "configure has not been made from configure.ac"))
        .flatMap(Optional::stream);
  }

  private static Optional<String> hint(boolean applies, String words) {
    return applies ? Optional.of(words) : Optional.empty();
  }
}
