/** The script-tag file, as shops load it. */
import 'kassa/define';
