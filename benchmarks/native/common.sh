# Sourced by the scripts beside it. A script runs in a folder of its own that stays between tasks, and is
# given URL, BASE, BRANCH, FILE and TEXT of the task, its PLACE among those that run at a time, and MARKS, a
# file for times.
set -eu

# mark STAGE: begins a stage. What comes before the first mark is not timed: there the last task's tree is
# removed.
mark() { echo "$1 $EPOCHREALTIME" >>"$MARKS"; }

# In the tree: what a task does when it has one.
change_test_commit_push() {
  mark develop
  printf %s "$TEXT" >"$FILE"
  mark test
  sh -c true
  mark commit
  git add -A
  git commit -q -m "Write a file"
  mark push
  git push -q origin "HEAD:refs/heads/$BRANCH"
  mark end
}
