package io.numa.avatar.backend.project;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.DetectedTests;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The projects with tests below a folder that has none itself. A project's own folders are its. */
record NestedProjects(List<Project> projects) {
  /** How many projects one task tests. */
  static final int MAX_TESTED = 8;

  /** How many folders are looked at. */
  private static final int MAX_FOLDERS = 500;

  /** Files that stand at the top of a project. Makefiles and test files also lie elsewhere. */
  private static final Pattern MANIFEST =
      Pattern.compile(
          "(.+/)(pom\\.xml|(build|settings)\\.gradle(\\.kts)?|build\\.sbt|package\\.json|pytest\\.ini"
              + "|pyproject\\.toml|setup\\.(cfg|py)|tox\\.ini|noxfile\\.py|go\\.(mod|work)|Cargo\\.toml"
              + "|[^/]*\\.(sln|slnx|csproj|fsproj|vbproj)|mix\\.exs|Package\\.swift|CMakeLists\\.txt"
              + "|meson\\.build|Gemfile|Rakefile|composer\\.json|phpunit\\.xml(\\.dist)?|configure)");

  static NestedProjects in(ProjectFolder top) {
    Set<String> folders = new LinkedHashSet<>();
    top.files(MANIFEST)
        .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
        .distinct()
        .limit(MAX_FOLDERS)
        .forEach(folders::add);
    List<Project> found = new ArrayList<>();
    for (String folder : folders) {
      boolean inside =
          found.stream().anyMatch(project -> folder.startsWith(project.folder().name()));
      if (!inside) {
        Project.in(top.below(folder)).ifPresent(found::add);
      }
    }
    return new NestedProjects(List.copyOf(found));
  }

  /** Decides what to test; empty if there are no projects. */
  Optional<DetectedTests> choose(List<WorkspacePath> changed) {
    if (projects.isEmpty()) {
      return Optional.empty();
    }
    List<Project> touched =
        projects.stream().filter(project -> isTouched(project, changed)).toList();
    List<Project> chosen = touched.isEmpty() ? projects : touched;
    if (chosen.size() > MAX_TESTED) {
      return Optional.of(DetectedTests.none(tooMany(chosen, touched.isEmpty())));
    }
    String reasons = chosen.stream().map(Project::reason).collect(Collectors.joining(" and "));
    return Optional.of(
        DetectedTests.found(
                new Shell(line(chosen)), "because of " + reasons + leftOut(projects.size(), chosen))
            .withScripts(TestScripts.of(chosen.stream())));
  }

  private static boolean isTouched(Project project, List<WorkspacePath> changed) {
    return changed.stream().anyMatch(path -> path.value().startsWith(project.folder().name()));
  }

  /** Runs each project's tests, also after a failure, and ends with the last failure. */
  private static String line(List<Project> chosen) {
    return chosen.size() == 1
        ? chosen.get(0).lineFromRoot()
        : chosen.stream()
            .map(project -> "(" + project.lineFromRoot() + ") || status=$?; ")
            .collect(Collectors.joining("", "status=0; ", "exit $status"));
  }

  private static String leftOut(int all, List<Project> chosen) {
    return all == chosen.size()
        ? ""
        : "; the change touches " + chosen.size() + " of " + all + " projects";
  }

  private static String tooMany(List<Project> chosen, boolean untouched) {
    return "the change touches "
        + (untouched ? "none" : "too many")
        + " of "
        + chosen.size()
        + " projects in subfolders ("
        + chosen.stream().limit(3).map(Project::name).collect(Collectors.joining(", "))
        + ", …), and at most "
        + MAX_TESTED
        + " are tested";
  }
}
