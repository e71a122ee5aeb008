package io.numa.avatar.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.task.Stage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser. */
class PagesIT {
  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  private SampleServer sample;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> chromium = Browser.program();
    if (chromium.isEmpty()) {
      System.err.println("THE PAGES WERE NOT TRIED IN A BROWSER: /usr/bin/chromium is missing");
    }
    Assumptions.assumeTrue(chromium.isPresent(), "/usr/bin/chromium is missing");
    sample = new SampleServer(0);
    browser = Browser.start(chromium.get(), profile);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      sample.close();
    }
  }

  @Test
  void operatorsFollowAndSteerTheAvatar() throws Exception {
    logsInByTheToken();
    watchesATaskUntilItsEnd();
    searchesALog();
    findsATask();
    pausesAndResumes();
    cancelsOnTheSecondClick();
    changesNothingWithoutTheCookie();
    assertThat(browser.complaints).isEmpty();
  }

  private void logsInByTheToken() throws Exception {
    browser.go(address("/"));
    assertThat(browser.eval("document.activeElement.id")).isEqualTo("token");
    browser.type("wrong");
    browser.press("Enter", 13);
    browser.await("document.querySelector('[role=alert]')");
    browser.eval("document.getElementById('token').focus()");
    browser.type(SampleServer.TOKEN);
    browser.press("Enter", 13);
    browser.await("document.querySelectorAll('article.slot').length === 2");
    browser.await("document.getElementById('pause') && !document.getElementById('pause').hidden");
  }

  private void watchesATaskUntilItsEnd() throws Exception {
    browser.go(address("/tasks/1042"));
    browser.await("!document.getElementById('follows').hidden");
    sample.print("| \u001b[31mred\u001b[0m and <b>plain</b>\n");
    browser.await(
        "document.querySelector('.log pre').textContent.endsWith('red and <b>plain</b>\\n')");
    assertThat(browser.eval("getComputedStyle(document.querySelector('.log pre .c1')).color"))
        .isEqualTo("rgb(240, 140, 128)");
    browser.eval("document.querySelector('.log pre').mark = true");
    tellsTheAgentSomething();
    sample.end();
    browser.await("document.querySelector('#task .word').classList.contains('done')");
    browser.await("document.getElementById('said').textContent.includes('1042')");
    assertThat(browser.eval("document.querySelector('.log pre').mark")).isEqualTo("true");
    assertThat(browser.eval("document.getElementById('cancel') === null")).isEqualTo("true");
    browser.await("document.getElementById('say').hidden");
  }

  private void tellsTheAgentSomething() throws Exception {
    browser.eval("document.getElementById('say-text').focus()");
    browser.type("Take XML.");
    browser.eval("document.querySelector('#say button').click()");
    browser.await("document.getElementById('say-text').value === ''");
    assertThat(sample.avatar.orders).containsExactly("say 1042 operator: Take XML.");
    sample.avatar.orders.clear();
  }

  private void searchesALog() throws Exception {
    browser.go(address("/tasks/1040"));
    assertThat(browser.eval("document.querySelector('.why').textContent"))
        .contains("tests_failed", "only after a change");
    browser.eval("document.getElementById('find').focus()");
    browser.type("error");
    browser.await("document.getElementById('found').value === '2 lines'");
    browser.press("Enter", 13);
    browser.await("document.querySelector('.hit.here').textContent.includes('rendersGreeting')");
    assertThat(browser.eval("document.querySelectorAll('.diff .add').length")).isEqualTo("3");
  }

  private void findsATask() throws Exception {
    browser.eval("document.getElementById('search').focus()");
    browser.type("弃用");
    browser.press("Enter", 13);
    browser.await(
        "document.title.startsWith('Tasks') && document.querySelectorAll('tbody tr').length === 1");
    assertThat(browser.eval("document.querySelector('tbody').textContent")).contains("1039");
  }

  private void pausesAndResumes() throws Exception {
    browser.go(address("/"));
    browser.await("!document.getElementById('follows').hidden");
    browser.eval("document.getElementById('pause').click()");
    browser.await("document.getElementById('resume') && document.querySelector('#state.paused')");
    browser.await("document.querySelector('.why.warn')");
    browser.eval("document.getElementById('resume').click()");
    browser.await("document.getElementById('pause') && document.querySelector('#state.running')");
    assertThat(sample.avatar.orders).containsExactly("pause", "resume");
  }

  private void cancelsOnTheSecondClick() throws Exception {
    browser.go(address("/tasks/1043"));
    browser.eval("document.getElementById('cancel').click()");
    browser.await("document.getElementById('cancel').textContent === 'Really cancel?'");
    assertThat(sample.avatar.orders).hasSize(2);
    sample.avatar.events.publish(
        new OperationEvent.Entered(SampleServer.RUNNING, Stage.TEST, Clock.systemUTC().instant()));
    browser.eval("document.getElementById('cancel').click()");
    browser.await("!document.getElementById('cancel').disabled");
    assertThat(sample.avatar.orders).last().isEqualTo("cancel 1043");
  }

  private void changesNothingWithoutTheCookie() throws Exception {
    browser.go(address("/"));
    browser.call("Network.clearBrowserCookies", Map.of());
    browser.eval("document.getElementById('pause').click()");
    browser.await("!document.getElementById('notice').hidden");
    assertThat(browser.eval("document.getElementById('notice').textContent")).contains("login");
    assertThat(sample.avatar.orders).hasSize(3);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + sample.server.address().getPort() + path;
  }
}
