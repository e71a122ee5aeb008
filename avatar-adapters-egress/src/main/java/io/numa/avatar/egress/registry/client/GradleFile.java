package io.numa.avatar.egress.registry.client;

import java.util.List;

/**
 * An init script of Gradle. It changes the addresses of repositories that builds name, in settings,
 * in build scripts and for plugins. It runs on Gradle 4 and later.
 */
final class GradleFile {
  private static final String SCRIPT =
      """
      def redirect = { repository ->
          if (repository instanceof org.gradle.api.artifacts.repositories.MavenArtifactRepository) {
              def url = repository.url.toString().replaceAll('/+$', '')
              def inside = served[url] ?: (url.startsWith('http') ? served['*'] : null)
              if (inside != null && !url.startsWith('http://127.0.0.1:')) {
                  repository.url = inside
                  if (repository.hasProperty('allowInsecureProtocol')) {
                      repository.allowInsecureProtocol = true
                  }
              }
          }
      }
      def redirectAll = { settings ->
          if (settings.hasProperty('pluginManagement')) {
              settings.pluginManagement.repositories.all(redirect)
          }
          if (settings.hasProperty('dependencyResolutionManagement')) {
              settings.dependencyResolutionManagement.repositories.all(redirect)
          }
      }
      // Gradle 6 and later fetch plugins of settings before settings are evaluated.
      if (gradle.metaClass.respondsTo(gradle, 'beforeSettings')) {
          beforeSettings(redirectAll)
      } else {
          settingsEvaluated(redirectAll)
      }
      settingsEvaluated { settings ->
          if (settings.hasProperty('pluginManagement')
                  && settings.pluginManagement.repositories.isEmpty()) {
              settings.pluginManagement.repositories.gradlePluginPortal()
          }
      }
      allprojects {
          buildscript.repositories.all(redirect)
          repositories.all(redirect)
      }
      """;

  private GradleFile() {}

  static String text(List<Inside> registries) {
    var text = new StringBuilder("def served = [:]\n");
    for (Inside one : registries) {
      String outside = one.covers().replaceAll("/+$", "");
      text.append("served[").append(quoted(outside)).append("] = ");
      text.append(quoted(one.url())).append('\n');
    }
    return text.append(SCRIPT).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
