package io.numa.avatar.server.page;

import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.port.journal.OutcomeWord;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is around each page.
 *
 * @param lang of the texts
 * @param space between numbers and units, and between two of them
 * @param outcomes the outcomes' words in that language, as JSON, for the script
 * @param state and {@code foot} are empty before the login
 * @param search what the client has searched for
 */
record Frame(
    String lang,
    String space,
    String outcomes,
    String title,
    String avatar,
    String search,
    boolean atHome,
    boolean atTasks,
    Optional<State> state,
    Optional<Foot> foot) {

  /** What the avatar does, and the orders that it takes. */
  record State(String word, String text, boolean mayPause, boolean mayResume, boolean mayDrain) {}

  /** The end of the page. */
  record Foot(String avatar, String version, Optional<Moment> started) {}

  /** The frame of a page about an avatar. */
  static Frame of(AvatarStatus status, Words words, String title) {
    RunState state = status.state();
    return plain(words, title)
        .with(
            status.avatar().id(),
            new State(
                state.word(),
                words.of("state_" + state.word()),
                state == RunState.RUNNING,
                state == RunState.PAUSED,
                state == RunState.RUNNING || state == RunState.PAUSED),
            new Foot(
                status.avatar().id(),
                words.of("version", status.avatar().version()),
                words.moment(status.startedAt())));
  }

  /** The frame of a page that tells nothing of the avatar. */
  static Frame plain(Words words, String title) {
    return new Frame(
        words.texts().language().tag(),
        words.space(),
        outcomes(words),
        title,
        "",
        "",
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static String outcomes(Words words) {
    return Arrays.stream(OutcomeWord.values())
        .map(word -> "\"" + word.word() + "\":\"" + words.outcome(word) + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private Frame with(String name, State newState, Foot newFoot) {
    return new Frame(
        lang,
        space,
        outcomes,
        title,
        name,
        search,
        atHome,
        atTasks,
        Optional.of(newState),
        Optional.of(newFoot));
  }

  Frame home() {
    return new Frame(lang, space, outcomes, title, avatar, search, true, false, state, foot);
  }

  Frame tasks(String searched) {
    return new Frame(lang, space, outcomes, title, avatar, searched, false, true, state, foot);
  }
}
