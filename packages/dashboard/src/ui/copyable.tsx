import { useRef, useState } from 'preact/hooks';
import './copyable.css';
import { words } from '../i18n/words.ts';
import { Button } from './button.tsx';

/** Text to take away. Where the browser gives no clipboard (a page without https), it is selected instead. */
export const Copyable = ({ text }: { text: string }) => <OneText key={text} text={text} />;

/** Another text is another one of these, so that nothing calls itself copied that never was. */
function OneText({ text }: { text: string }) {
  const t = words.value.set_up;
  const code = useRef<HTMLElement>(null);
  const [state, setState] = useState<'ready' | 'copied' | 'selected'>('ready');
  const copy = async () => {
    if (navigator.clipboard && (await written(text))) return setState('copied');
    if (code.current) getSelection()?.selectAllChildren(code.current);
    setState('selected');
  };
  return (
    <div class="copyable">
      <pre class={text.includes('\n') ? '' : 'copyable-line'}>
        <code ref={code}>{text}</code>
      </pre>
      <Button icon={state === 'copied' ? 'check' : 'copy'} onClick={() => void copy()}>
        <span aria-live="polite">{{ ready: t.copy, copied: t.copied, selected: t.select }[state]}</span>
      </Button>
    </div>
  );
}

const written = (text: string) =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
