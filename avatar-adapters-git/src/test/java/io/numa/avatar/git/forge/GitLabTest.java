package io.numa.avatar.git.forge;

import mockwebserver3.MockResponse;

final class GitLabTest extends ForgeContract {
  @Override
  FakeForge forge() {
    return new FakeGitLab();
  }

  @Override
  MockResponse emptyList() {
    return new MockResponse.Builder().body("[]").build();
  }
}
