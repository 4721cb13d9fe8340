package reading
import ("testing";"os";"context";"fmt")
func TestDbg(t *testing.T){
 p:=os.Getenv("F"); if p=="" {t.Skip()}
 b,_:=os.ReadFile(p)
 x,err:=Read(context.Background(),p,b,Options{})
 if err!=nil {t.Fatal(err)}
 for _,f:=range x.Facts { fmt.Printf("%s [%s] %s %.2f:",f.ID,f.Clause,f.Rule,f.Confidence); for _,v:=range f.Fields { fmt.Printf(" %s=%q",v.Name,v.Value)}; fmt.Println() }
 for _,q:=range x.Questions { fmt.Println("Q",q.Kind,q.Parent,q.Field,q.Message, x.Words(q.Span)) }
 fmt.Println(x.NotFound, x.Covered)
}
