package io.numa.avatar.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  @Test
  void passesTheUsualVariablesAndNoOthers() {
    var settings =
        ProcessSettings.defaults(
            Map.of(
                "PATH", "/opt/bin",
                "HOME", "/home/me",
                "LC_TIME", "C",
                "JAVA_HOME", "/jdk",
                "GITHUB_TOKEN", "t",
                "SSH_AUTH_SOCK", "/run/agent",
                "HOMEPAGE", "x",
                "MAVEN_OPTS", "-Xmx1g"));

    assertThat(seen(settings))
        .isEqualTo(
            Map.of(
                "PATH", "/opt/bin",
                "HOME", "/home/me",
                "LC_TIME", "C",
                "JAVA_HOME", "/jdk",
                "CI", "true"));
  }

  @Test
  void passesWhatTheSettingsNameToo() {
    var settings =
        ProcessSettings.defaults(
                Map.of("PATH", "/bin", "NPM_CONFIG_CACHE", "/cache", "MAVEN_OPTS", "-Xmx1g"))
            .withPassed(Set.of("NPM_*", "MAVEN_OPTS"));

    assertThat(seen(settings))
        .isEqualTo(
            Map.of(
                "PATH",
                "/bin",
                "NPM_CONFIG_CACHE",
                "/cache",
                "MAVEN_OPTS",
                "-Xmx1g",
                "CI",
                "true"));
  }

  @Test
  void neverPassesTheAvatarsOwnVariables() {
    var settings =
        ProcessSettings.defaults(Map.of("PATH", "/bin", "AVATAR_BACKEND__API_TOKEN", "t"))
            .withPassed(Set.of("*", "AVATAR_BACKEND__API_TOKEN"));

    assertThat(seen(settings)).isEqualTo(Map.of("PATH", "/bin", "CI", "true"));
  }

  @Test
  void dropsVariablesThatHoldASecret() {
    var settings =
        ProcessSettings.defaults(
                Map.of(
                    "PATH", "/bin",
                    "LANG", "s3cret-value",
                    "TZ", "prefix-s3cret-value-suffix",
                    "USER", "abc",
                    "HOME", "/home/abc"))
            .withSecrets(Set.of("s3cret-value", "abc", ""));

    assertThat(seen(settings)).isEqualTo(Map.of("PATH", "/bin", "HOME", "/home/abc", "CI", "true"));
  }

  @Test
  void passesProxiesWithoutPasswordsOnly() {
    var settings =
        ProcessSettings.defaults(
            Map.of(
                "PATH", "/bin",
                "https_proxy", "http://proxy:3128",
                "HTTP_PROXY", "http://me:word@proxy:3128"));

    assertThat(seen(settings))
        .isEqualTo(Map.of("PATH", "/bin", "https_proxy", "http://proxy:3128", "CI", "true"));
  }

  @Test
  void letsTheCommandsOwnVariablesWinButNotOverTheCookie() {
    var environment =
        new ChildEnvironment(ProcessSettings.defaults(Map.of("PATH", "/bin", "CI", "woodpecker")));

    assertThat(
            environment.with(
                Map.of("PATH", "/own", "NUMA_AVATAR_COOKIE", "mine"), new ProcessTag("real")))
        .isEqualTo(Map.of("PATH", "/own", "CI", "woodpecker", "NUMA_AVATAR_COOKIE", "real"));
  }

  @Test
  void hasAPathEvenIfTheAvatarHasNone() {
    assertThat(seen(ProcessSettings.defaults(Map.of())))
        .containsEntry("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  @Test
  void showsNeitherEnvironmentNorSecretsAsText() {
    var settings =
        ProcessSettings.defaults(Map.of("TOKEN", "hidden")).withSecrets(Set.of("hidden"));

    assertThat(settings.toString()).contains("environment=***").doesNotContain("hidden");
  }

  private static Map<String, String> seen(ProcessSettings settings) {
    var variables =
        new TreeMap<>(new ChildEnvironment(settings).with(Map.of(), new ProcessTag("c")));
    variables.remove("NUMA_AVATAR_COOKIE");
    return variables;
  }
}
