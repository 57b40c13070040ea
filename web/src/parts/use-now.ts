import { useEffect, useState } from 'preact/hooks';

/** The clock, each second. Only for parts that show an age, so that nothing else is drawn again. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
