package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.config.notify.NotifyEntry;
import io.numa.avatar.notify.Template;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.notice.NoticeEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyEntryTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void prepare() {
    bench = new Workbench(folder);
  }

  @Test
  void readsReceivers() {
    bench
        .file("hook", "https://oapi.dingtalk.com/robot/send?access_token=abc123\n")
        .file("sign", "SECabc\n")
        .config(
            """
            notify:
              - {url_file: hook, secret_file: sign, template: dingtalk, on: [failed, denied]}
              - {command: [/usr/bin/notify, now]}
            """);

    Configuration configuration = bench.load();

    NotifyEntry hook = configuration.receivers().get(0);
    assertThat(hook.words()).isEqualTo("dingtalk at oapi.dingtalk.com");
    assertThat(hook.hook())
        .hasValueSatisfying(
            each -> {
              assertThat(each.template()).isEqualTo(Template.DINGTALK);
              assertThat(each.secret()).contains(new Secret("SECabc"));
              assertThat(each.events())
                  .containsExactlyInAnyOrder(NoticeEvent.FAILED, NoticeEvent.DENIED);
            });
    assertThat(configuration.receivers().get(1).hook()).isEmpty();
    assertThat(configuration.receivers().get(1).events())
        .containsExactlyInAnyOrder(NoticeEvent.FAILED, NoticeEvent.DELIVERED, NoticeEvent.BUDGET);
    assertThat(configuration.secrets())
        .contains(
            new Secret("https://oapi.dingtalk.com/robot/send?access_token=abc123"),
            new Secret("/robot/send?access_token=abc123"),
            new Secret("SECabc"));
  }

  @Test
  void showsNoAddress() {
    bench.config("notify: [{url: \"https://hooks.slack.com/services/T/B/x\", template: slack}]");

    assertThat(bench.read(Purpose.SHOW).toYaml())
        .contains("url: \"***\"", "template: \"slack\"")
        .doesNotContain("hooks.slack.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{template: slack}|gives neither a url, a url_file nor a command, expected one of them",
        "{url: 'https://h/x', command: [a]}|.command: stands beside url, expected one of them only",
        "{url: 'ftp://h/x'}|.url: is no address such as https://hooks.example.com/…, without a user",
        "{url: 'https://me:pw@h/x'}|.url: is no address such as https://hooks.example.com/…, without a"
            + " user",
        "{url: 'http://h/x'}|.url: would be sent over plain http to another machine; use https, or set"
            + " allow_insecure_http to true beside it",
        "{url: 'https://h/x', template: sms}|.template: is 'sms', expected one of slack, teams,"
            + " dingtalk, feishu, json",
        "{url: 'https://h/x', on: [all]}|.on[0]: is 'all', expected one of failed, delivered, budget,"
            + " denied, agent_login",
        "{command: [bin/notify]}|.command: names no program, expected its absolute path or its name on"
            + " PATH first",
      })
  void refusesWhatCannotWork(String entry, String problem) {
    bench.config("notify: [" + entry + "]");

    String at = problem.startsWith(".") ? problem : ": " + problem;
    assertThat(bench.problems()).containsExactly("config.yaml:1: notify[0]" + at);
  }

  @Test
  void refusesASecretThatNoTemplateUses() {
    bench
        .file("sign", "SECabc\n")
        .config("notify: [{url: \"https://h/x\", template: slack, secret_file: sign}]");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: notify[0].secret_file: is of use with the templates dingtalk and feishu"
                + " only; leave it out");
  }

  @Test
  void callsThisMachineOverPlainHttp() {
    bench.config("notify: [{url: \"http://127.0.0.1:8080/x\"}]");

    assertThat(bench.load().receivers().get(0).words()).isEqualTo("json at 127.0.0.1");
  }
}
