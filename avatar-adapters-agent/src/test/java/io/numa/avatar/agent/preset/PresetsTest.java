package io.numa.avatar.agent.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentLimits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PresetsTest {
  private static final Values ALL =
      new Values(
          Map.of(
              "model", "m-1",
              "key", "placeholder",
              "base_url", "http://127.0.0.1:7/way/v1",
              "origin", "http://127.0.0.1:7",
              "path", "way/v1",
              "home", "/home/x"));

  @Test
  void thereAreEight() {
    assertThat(Presets.names())
        .containsExactly(
            "claude", "codex", "gemini", "goose", "kimi", "opencode", "openhands", "qwen");
  }

  static Set<String> names() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetTellsModelAddressAndKeyWhenTheyAreKnown(String name) {
    Preset preset = Presets.of(agent(name, Optional.empty(), Optional.empty()));

    var told =
        ALL.fillGroups(preset.command()).toString()
            + ALL.fillVariables(preset.environment())
            + preset.files().values().stream().map(ALL::fillFile).toList();

    assertThat(told).contains("m-1", "placeholder", "127.0.0.1:7").doesNotContain("{model}");
    assertThat(ALL.fillVariables(preset.environment())).hasSameSizeAs(preset.environment());
    assertThat(preset.hidden()).contains(".env").doesNotContain("AGENTS.md", "QWEN.md");
  }

  @ParameterizedTest
  @MethodSource("names")
  void noPresetTellsAValueThatIsMissing(String name) {
    Preset preset = Presets.of(agent(name, Optional.empty(), Optional.empty()));
    var home = new Values(Map.of("home", "/home/x"));

    assertThat(
            home.fillGroups(preset.command()).toString()
                + home.fillVariables(preset.environment())
                + preset.files().values().stream().map(home::fillFile).toList())
        .doesNotContainPattern("\\{(model|key|base_url|origin|path|home)}");
  }

  @Test
  void anAgentWithoutAPresetIsKeptFromTheFilesOfAll() {
    Preset own = Presets.of(agent(null, Optional.empty(), Optional.empty()));

    assertThat(own.hidden())
        .contains(".qwen", ".gemini", ".claude", ".mcp.json", ".opencode", "opencode.json", ".env");
  }

  @Test
  void anUnknownPresetIsAnError() {
    assertThatThrownBy(() -> Presets.of(agent("copilot", Optional.empty(), Optional.empty())))
        .hasMessageContaining("there is no preset 'copilot'; there are: [claude, ");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "qwen, m-1, https://h/v1/, none",
        "qwen, m-1, https://h, 'its ''api.base_url'' does not end in ''/v1'', as the preset ''qwen'' expects'",
        "claude, m-1, https://h/v1, 'its ''api.base_url'' ends in ''/v1'', which the preset ''claude'' adds by itself'",
        "gemini, none, https://h, 'has no ''model'', so it takes the one that its program prefers'"
      })
  void tellsWhichSettingIsMissing(String preset, String model, URI url, String advice) {
    var api = new ModelApi(url, () -> new Secret("x"));

    assertThat(PresetAdvice.of(agent(preset, Optional.ofNullable(model), Optional.of(api))))
        .isEqualTo(advice == null ? List.of() : List.of(advice));
  }

  private static AgentDefinition agent(
      String preset, Optional<String> model, Optional<ModelApi> api) {
    return new AgentDefinition(
        "x",
        Optional.ofNullable(preset),
        Optional.empty(),
        List.of(),
        model,
        api,
        List.of(),
        Map.of(),
        Map.of(),
        Set.of(),
        false,
        1,
        AgentLimits.DEFAULTS);
  }
}
