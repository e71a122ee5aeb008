package io.numa.avatar.egress.registry.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
  private final Elsewhere elsewhere = new Elsewhere(HttpUrl.get("https://r.example/index/"));

  @Test
  void leadsToWhatIsBelowAFolderAndNotBesideIt() {
    addFolder("https://r.example/crates");

    assertThat(at("https/r.example/443/crates/a/1/download"))
        .contains(HttpUrl.get("https://r.example/crates/a/1/download"));
    assertThat(at("https/r.example/443/crates-private/a/1/download")).isEmpty();
    assertThat(at("https/r.example/4430/crates/a/1/download")).isEmpty();
  }

  @Test
  void leadsToThePortThatWasNamed() {
    addFolder("https://files.example/crates");

    assertThat(at("https/files.example/443/a")).contains(HttpUrl.get("https://files.example/a"));
    assertThat(at("https/files.example/4430/a")).isEmpty();
  }

  private void addFolder(String url) {
    assertThat(elsewhere.add(HttpUrl.get(url))).isPresent();
    elsewhere.addFolder(HttpUrl.get(url));
  }

  private Optional<HttpUrl> at(String place) {
    return elsewhere.at(RegistryPath.parse(Elsewhere.FOLDER + place).orElseThrow());
  }
}
