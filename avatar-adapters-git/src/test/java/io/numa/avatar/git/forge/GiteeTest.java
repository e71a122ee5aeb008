package io.numa.avatar.git.forge;

import mockwebserver3.MockResponse;

final class GiteeTest extends ForgeContract {
  @Override
  FakeForge forge() {
    return new FakeGitee();
  }

  @Override
  MockResponse emptyList() {
    return new MockResponse.Builder().body("[]").build();
  }
}
