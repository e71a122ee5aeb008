# shellcheck shell=bash
# Tests of what uses more than a plain task does, on the packaged runtime

# A test that is left out here shows nothing.
tests() {
  local module=$1
  shift
  mvn -B -Pfast -pl "$module" -am test-compile "$@" "-Djvm=$home/runtime/bin/java" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false &&
    grep -q 'Tests run: .*Skipped: 0$' "$log" && ! grep 'Skipped: [1-9]' "$log"
}

check_tests() {
  has mvn || { untried tests "no Maven" && return; }
  step "runtime: SSH, signed commits and LFS" tests avatar-adapters-git surefire:test \
    -Dtest=JGitRepositoryOverOpenSshTest,SignedCommitsTest,LfsTest
  step "runtime: whole avatars, with agents and operators" tests avatar-runner-cli \
    failsafe:integration-test failsafe:verify \
    -Dit.test=PackagedAvatarIT,AgentIT,OperatedAvatarIT,SignalledAvatarIT,SecondDialectIT
}
