# Makes a clone with one commit and one branch for every task.
. "${BASH_SOURCE%/*}/common.sh"
rm -rf "tree-$PLACE"
mark clone
git clone -q --depth 1 --single-branch --branch "$BASE" "$URL" "tree-$PLACE"
cd "tree-$PLACE"
git checkout -q -b "$BRANCH"
change_test_commit_push
