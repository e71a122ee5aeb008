package io.numa.avatar.backend.project;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the texts of a project that define what a command for its tests runs. */
final class TestScripts {
  private static final Set<String> NODE = Set.of("pnpm", "yarn", "bun", "npm");
  private static final List<String> OF_PACKAGE = List.of("pretest", "test", "posttest");

  private TestScripts() {}

  /** The texts by the paths of their files in the tree; none if the command runs no script. */
  static Map<String, List<String>> of(Project project) {
    ProjectFolder folder = project.folder();
    TestRule rule = project.rule();
    Map<String, List<String>> texts = new HashMap<>();
    if (NODE.contains(rule.ecosystem())) {
      add(PackageJson.FILE, PackageJson.in(folder).scripts(OF_PACKAGE), folder, texts);
      PackageJson.members(folder)
          .forEach(
              member ->
                  add(
                      member,
                      PackageJson.of(folder.text(member)).scripts(OF_PACKAGE),
                      folder,
                      texts));
    } else if (rule.command().endsWith("composer test")) {
      PackageJson composer = PackageJson.of(folder.text("composer.json"));
      add("composer.json", composer.scripts(OF_PACKAGE), folder, texts);
    } else if (rule.command().endsWith("make {target}")) {
      Makefile.nameIn(folder)
          .ifPresent(
              name -> add(name, Makefile.in(folder).recipes("test", "check"), folder, texts));
    } else if (rule.ecosystem().equals("Rake")) {
      add("Rakefile", folder.lines("Rakefile"), folder, texts);
    }
    return texts;
  }

  private static void add(
      String file, List<String> lines, ProjectFolder folder, Map<String, List<String>> texts) {
    if (!lines.isEmpty()) {
      texts.put(folder.name() + file, lines);
    }
  }

  /** The scripts of all projects. */
  static Map<String, List<String>> of(Stream<Project> projects) {
    Map<String, List<String>> texts = new HashMap<>();
    projects.forEach(project -> texts.putAll(of(project)));
    return texts;
  }
}
